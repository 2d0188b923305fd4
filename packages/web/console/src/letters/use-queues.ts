import type { QueuesResponse } from '@cloudnestle/contracts/admin/letters';
import { useQuery } from '@tanstack/react-query';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';

/** Counts of all queues: attributes alone, nothing is received. */
export function useQueues(everyMs = 5000) {
  const { api } = useConsole();
  return useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => api('queues', { signal }),
    refetchInterval: useInterval(everyMs),
  });
}

/** Letters in all dead-letter queues that could be counted. */
export function countDead(queues: QueuesResponse['queues']): number {
  return queues.reduce(
    (sum, { dead }) => sum + ('unread' in dead ? 0 : dead.waiting + dead.inFlight),
    0,
  );
}
