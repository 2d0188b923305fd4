import { useQueryClient } from '@tanstack/react-query';
import { addToTray } from '../jobs/tray-store.ts';

/** After a change: the order is asked for anew, and a job goes into the tray. */
export function useRefresh(transactionId: string) {
  const client = useQueryClient();
  const refresh = () => {
    for (const key of [
      ['payment', transactionId],
      ['attention'],
      ['refunds'],
      ['owed'],
      ['actions'],
    ]) {
      void client.invalidateQueries({ queryKey: key });
    }
  };
  return {
    refresh,
    follow: (answer: object) => {
      if ('job' in answer && isJob(answer.job)) addToTray(answer.job.jobId);
      refresh();
    },
  };
}

function isJob(job: unknown): job is { jobId: string } {
  return typeof job === 'object' && job !== null && 'jobId' in job && typeof job.jobId === 'string';
}
