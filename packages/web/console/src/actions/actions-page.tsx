import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { Button, Card, PageHead } from '../parts/basics.tsx';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { ActionList } from './action-list.tsx';

const route = getRouteApi('/actions');

/** Who did what and why, from the console and from the command line. */
export function ActionsPage(): ReactNode {
  const { api } = useConsole();
  const { order } = route.useSearch();
  const interval = useInterval(10_000);
  const query = useInfiniteQuery({
    queryKey: ['actions', order],
    queryFn: ({ pageParam, signal }) =>
      api('actions', { query: { transactionId: order, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? interval() : false),
  });
  const actions = query.data?.pages.flatMap((page) => page.actions) ?? [];
  return (
    <>
      <PageHead
        title="Actions"
        does="What operators did and why, from here and from the command line, the latest first. Looking at personal data is one as well."
      />
      {order !== undefined && (
        <p className={parts.lead}>
          Only about order <code>{order}</code>.{' '}
          <Link to="/actions" search={{}}>
            Show all
          </Link>
        </p>
      )}
      <Card flush>
        {query.error && <TroubleNote trouble={toTrouble(query.error)} />}
        {query.isPending ? <Bones rows={8} /> : <ActionList actions={actions} withOrder />}
        {query.hasNextPage && (
          <p className={parts.more}>
            <Button onClick={() => void query.fetchNextPage()}>Earlier ones</Button>
          </p>
        )}
      </Card>
    </>
  );
}
