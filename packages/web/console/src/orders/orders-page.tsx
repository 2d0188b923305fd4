import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { type OrdersSearch, readOrdersSearch } from '../app/search-params.ts';
import { Button, Card, Empty, PageHead } from '../parts/basics.tsx';
import { Field } from '../parts/field.tsx';
import { addDays, plural } from '../parts/format.ts';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import styles from '../parts/parts.module.css';
import { useHeld } from '../parts/use-held.ts';
import { useToday } from '../parts/use-now.ts';
import { OrderTable } from './order-table.tsx';

const route = getRouteApi('/orders');
const idOf = ({ transactionId }: OrderRow) => transactionId;
const DEFAULT_DAYS = 6;

/** Orders by their creation. The filters are the address. */
export function OrdersPage(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const to = search.to ?? today;
  const from = search.from ?? addDays(to, -DEFAULT_DAYS);
  const set = (change: Record<string, string>) =>
    void navigate({ search: readOrdersSearch({ ...search, ...change }), replace: true });
  const days = { from, to, status: search.status };
  const { orders, came, show, query } = useOrders(days);
  const isPast = search.to !== undefined && search.to < today;
  return (
    <>
      <PageHead
        title="Orders"
        does="Every order by its creation, the newest first. For one order, user or email use the search above."
      />
      <Card flush>
        <div className={styles.filters}>
          <Field label="From">
            {(field) => (
              <input
                {...field}
                type="date"
                className={styles.input}
                value={from}
                max={to}
                onChange={({ target }) => target.value && set({ from: target.value })}
              />
            )}
          </Field>
          <Field label="To (days in India)">
            {(field) => (
              <input
                {...field}
                type="date"
                className={styles.input}
                value={to}
                min={from}
                onChange={({ target }) => target.value && set({ to: target.value })}
              />
            )}
          </Field>
          <Field label="Status">
            {(field) => (
              <select
                {...field}
                className={styles.input}
                value={search.status ?? ''}
                onChange={({ target }) => set({ status: target.value })}
              >
                <option value="">All</option>
                <option value="COMPLETED">Paid</option>
                <option value="PENDING">Pending</option>
                <option value="FAILED">Failed</option>
              </select>
            )}
          </Field>
          {Object.keys(search).length > 0 && (
            <Button kind="quiet" onClick={() => void navigate({ search: {} })}>
              Clear
            </Button>
          )}
        </div>
        {query.error !== null && (
          <TroubleNote trouble={toTrouble(query.error)} onRetry={() => void query.refetch()} />
        )}
        {came > 0 && (
          <button type="button" className={styles.came} onClick={show}>
            {came} new: show
          </button>
        )}
        <span className="hidden" role="status">
          {came > 0 && `${plural(came, 'new order')}`}
        </span>
        {query.isPending ? (
          <Bones rows={10} />
        ) : orders.length === 0 ? (
          <Empty title="No orders">
            None {search.status === undefined ? '' : `with status ${search.status} `}from {from} to{' '}
            {to}
            {isPast ? '' : ' yet'}.
          </Empty>
        ) : (
          <OrderTable orders={orders} caption={`Orders from ${from} to ${to}`} />
        )}
        {query.hasNextPage && (
          <p className={styles.more}>
            <Button onClick={() => void query.fetchNextPage()} aria-busy={query.isFetchingNextPage}>
              Older orders
            </Button>
          </p>
        )}
      </Card>
    </>
  );
}

function useOrders(days: { from: string; to: string; status: OrdersSearch['status'] }) {
  const { api } = useConsole();
  const refetchInterval = useInterval(10_000);
  const query = useInfiniteQuery({
    queryKey: ['orders', days],
    queryFn: ({ pageParam, signal }) =>
      api('orders', { query: { ...days, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // Only the first page is asked for again: older orders do not come anew.
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? refetchInterval() : false),
  });
  const latest = useMemo(
    () => query.data?.pages.flatMap(({ orders }) => orders) ?? [],
    [query.data],
  );
  const { rows: orders, came, show } = useHeld(latest, idOf, JSON.stringify(days));
  return { orders, came, show, query };
}
