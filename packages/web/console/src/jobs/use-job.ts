import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../app/console.tsx';
import { isOver } from './jobs.ts';

/** A job as it stands, asked for until it is over. A pause does not hold it: the operator waits for it. */
export function useJob(jobId: string) {
  const { api } = useConsole();
  return useQuery({
    queryKey: ['job', jobId],
    queryFn: async ({ signal }) => (await api('job', { path: { jobId }, signal })).job,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1000),
  });
}

/** Stops a job at its next safe point. */
export function useCancel(jobId: string): () => Promise<void> {
  const { api } = useConsole();
  const client = useQueryClient();
  return async () => {
    const { job } = await api('cancelJob', { path: { jobId } });
    client.setQueryData(['job', jobId], job);
  };
}
