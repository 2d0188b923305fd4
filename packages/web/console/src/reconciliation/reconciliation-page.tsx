import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { JobResults } from '../jobs/job-results.tsx';
import { JobView } from '../jobs/job-view.tsx';
import { describeState, nameJob } from '../jobs/jobs.ts';
import { Badge, Card, Empty, PageHead, Time } from '../parts/basics.tsx';
import { Field } from '../parts/field.tsx';
import { addDays } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useToday } from '../parts/use-now.ts';

const RangeDialog = lazy(() => import('./range-dialog.tsx'));
const route = getRouteApi('/reconciliation');
const MOST_DAYS = 92;

/** Our books against the gateway, order by order: a range is gone through as a job, and what deviates is listed with its repair. */
export function ReconciliationPage(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const to = search.to ?? today;
  const from = search.from ?? to;
  const set = (change: { from?: string; to?: string; job?: string }) =>
    void navigate({ search: { from, to, ...change }, replace: true });
  const isTooLong = addDays(from, MOST_DAYS) <= to;
  return (
    <>
      <PageHead
        title="Reconciliation"
        does="Every order of a range of days is asked about at the gateway. What our books have otherwise is listed; with repair it is published as well."
      />
      <div className={parts.stack}>
        <Card flush>
          <div className={parts.filters}>
            <Field label="From">
              {(field) => (
                <input
                  {...field}
                  type="date"
                  className={parts.input}
                  value={from}
                  max={to}
                  onChange={({ target }) => target.value && set({ from: target.value })}
                />
              )}
            </Field>
            <Field
              label="To (days in India)"
              fault={isTooLong ? `At most ${MOST_DAYS} days.` : undefined}
            >
              {(field) => (
                <input
                  {...field}
                  type="date"
                  className={parts.input}
                  value={to}
                  min={from}
                  max={today}
                  onChange={({ target }) => target.value && set({ to: target.value })}
                />
              )}
            </Field>
            <ActButton
              route="reconcile"
              kind="main"
              obstacle={isTooLong ? `At most ${MOST_DAYS} days at once.` : undefined}
              dialog={(close) => (
                <RangeDialog
                  from={from}
                  to={to}
                  onStarted={(job) => set({ job })}
                  onClose={close}
                />
              )}
            >
              Reconcile…
            </ActButton>
          </div>
          {search.job === undefined && (
            <Empty title="Choose days, and reconcile them">
              Or look at what an earlier run has found, below.
            </Empty>
          )}
        </Card>
        {search.job !== undefined && (
          <>
            <JobView jobId={search.job} />
            <JobResults jobId={search.job} fileName={`reconciliation-${from}-${to}.csv`} />
          </>
        )}
        <EarlierRuns from={from} to={to} />
      </div>
    </>
  );
}

function EarlierRuns({ from, to }: { from: string; to: string }): ReactNode {
  const { api } = useConsole();
  const query = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => api('jobs', { signal }),
    refetchInterval: useInterval(10_000),
  });
  return (
    <Card title="Earlier runs" flush>
      <Loaded query={query} rows={3}>
        {({ jobs }) => {
          const runs = jobs.filter(({ kind }) => kind === 'reconcile');
          if (runs.length === 0) return <Empty title="No run yet" />;
          return (
            <div className={parts.scroll}>
              <table className={parts.table}>
                <caption>Earlier runs</caption>
                <thead>
                  <tr>
                    <th scope="col">Run</th>
                    <th scope="col">State</th>
                    <th scope="col">Began</th>
                    <th scope="col">By</th>
                    <th scope="col">Why</th>
                  </tr>
                </thead>
                <tbody>
                  {runs.map((job) => {
                    const { tone, word } = describeState(job);
                    return (
                      <tr key={job.jobId} data-row>
                        <td>
                          <Link
                            to="/reconciliation"
                            search={{ from, to, job: job.jobId }}
                            data-row-link
                          >
                            {job.transactionId === undefined
                              ? Object.values(job.target)
                                  .filter((each) => typeof each === 'string')
                                  .join(' to ')
                              : nameJob(job)}
                          </Link>
                        </td>
                        <td>
                          <Badge tone={tone}>{word}</Badge>
                        </td>
                        <td>
                          <Time at={job.createdAt} />
                        </td>
                        <td>{job.by}</td>
                        <td>{job.reason}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Card>
  );
}
