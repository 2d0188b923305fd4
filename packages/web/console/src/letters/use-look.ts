import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConsole } from '../app/console.tsx';

/** A look and its letters. It is asked for until it is over, and never begun anew by itself. */
export function useLook(lookId: string | undefined) {
  const { api } = useConsole();
  const query = useInfiniteQuery({
    queryKey: ['look', lookId],
    queryFn: ({ pageParam, signal }) =>
      api('look', { path: { lookId: lookId ?? '' }, query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: lookId !== undefined,
    refetchInterval: ({ state }) => {
      const now = state.data?.pages[0]?.look.state;
      return now === 'WAITING' || now === 'RUNNING' ? 700 : false;
    },
  });
  const letters = useMemo(
    () => query.data?.pages.flatMap((page) => page.letters) ?? [],
    [query.data],
  );
  return { look: query.data?.pages[0]?.look, letters, query };
}
