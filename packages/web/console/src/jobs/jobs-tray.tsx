import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { toTrouble } from '../api/trouble.ts';
import { Badge, Button } from '../parts/basics.tsx';
import { formatCount } from '../parts/format.ts';
import styles from './jobs.module.css';
import { describeState, isOver, nameJob, progressOf } from './jobs.ts';
import { acknowledge, useTray } from './tray-store.ts';
import { useCancel, useJob } from './use-job.ts';

/** What this operator has set going, on every screen until they have taken note of its end. */
export function JobsTray(): ReactNode {
  const ids = useTray();
  if (ids.length === 0) return null;
  return (
    <section className={styles.tray} aria-label="Jobs">
      {ids.map((id) => (
        <TrayJob key={id} jobId={id} />
      ))}
    </section>
  );
}

function TrayJob({ jobId }: { jobId: string }): ReactNode {
  const { data: job, error } = useJob(jobId);
  const cancel = useCancel(jobId);
  const client = useQueryClient();
  const over = job !== undefined && isOver(job);
  // What the job has changed is asked for again, once.
  useEffect(() => {
    if (over)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'look' });
  }, [over, client]);
  if (!job) {
    return (
      <div className={styles.job}>
        <p>{error ? toTrouble(error).message : 'Starting…'}</p>
        {error && <Button onClick={() => acknowledge(jobId)}>Put away</Button>}
      </div>
    );
  }
  const { tone, word } = describeState(job);
  return (
    <div className={styles.job}>
      <p role="status">
        <Link to="/jobs/$jobId" params={{ jobId }}>
          {nameJob(job)}
        </Link>{' '}
        <Badge tone={tone}>{word}</Badge>
      </p>
      <Progress value={progressOf(job)} />
      <p className={styles.said}>
        {formatCount(job.done)}
        {job.expected !== undefined && ` of about ${formatCount(job.expected)}`}
        {job.phase !== undefined && !over && ` · ${job.phase}`}
        {job.brokenOff !== undefined && ` · ${job.brokenOff}`}
      </p>
      {over ? (
        <Button kind="quiet" onClick={() => acknowledge(jobId)}>
          Put away
        </Button>
      ) : (
        <ActButton
          route="cancelJob"
          kind="quiet"
          onAct={() => void cancel()}
          obstacle={job.state === 'CANCELLING' ? 'It stops at the next safe point.' : undefined}
        >
          Stop
        </ActButton>
      )}
    </div>
  );
}

export function Progress({ value }: { value: number | undefined }): ReactNode {
  return <progress className={styles.progress} max={1} value={value} aria-label="Progress" />;
}
