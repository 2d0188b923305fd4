import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead } from '../parts/basics.tsx';
import parts from '../parts/parts.module.css';
import { JobResults } from './job-results.tsx';
import { JobView } from './job-view.tsx';
import { useJob } from './use-job.ts';

const route = getRouteApi('/jobs/$jobId');

/** One job by its address. */
export function JobPage(): ReactNode {
  const { jobId } = route.useParams();
  const { data: job } = useJob(jobId);
  return (
    <>
      <PageHead title="Job" does={<code>{jobId}</code>} />
      <div className={parts.stack}>
        <JobView jobId={jobId} />
        {job !== undefined && job.results > 0 && (
          <JobResults jobId={jobId} fileName={`job-${jobId}.csv`} />
        )}
      </div>
    </>
  );
}
