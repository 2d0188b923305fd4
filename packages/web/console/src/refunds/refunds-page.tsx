import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { Badge, Button, Card, Empty, Id, Money, PageHead, Time } from '../parts/basics.tsx';
import { Runbook } from '../parts/command.tsx';
import { Field } from '../parts/field.tsx';
import { toWords } from '../parts/format.ts';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useToday } from '../parts/use-now.ts';
import { describeRefund, explainRefund } from './describe-refund.ts';
import { OwedCard } from './owed-card.tsx';

const route = getRouteApi('/refunds');
const lists = [
  { list: 'owed', name: 'Owed' },
  { list: 'open', name: 'Under way' },
  { list: 'failed', name: 'Failed' },
  { list: 'completed', name: 'Paid back' },
] as const;

/** Money on its way back: what is owed, under way, failed, and paid back. */
export function RefundsPage(): ReactNode {
  const { list = 'owed', day } = route.useSearch();
  return (
    <>
      <PageHead
        title="Refunds"
        does="What buyers get back. A refund is asked for on its order’s page; the gateway decides, and is asked until it has."
      >
        <Runbook name="money-owed" words="Runbook" />
      </PageHead>
      <div className={parts.stack}>
        <nav className={parts.segments} aria-label="Refunds">
          {lists.map((each) => (
            <Link
              key={each.list}
              to="/refunds"
              search={{ list: each.list }}
              aria-current={each.list === list ? 'page' : undefined}
            >
              {each.name}
            </Link>
          ))}
        </nav>
        {list === 'owed' ? <OwedCard /> : <RefundList list={list} day={day} />}
      </div>
    </>
  );
}

function RefundList(props: {
  list: 'open' | 'failed' | 'completed';
  day: string | undefined;
}): ReactNode {
  const { list } = props;
  const { api } = useConsole();
  const navigate = route.useNavigate();
  const today = useToday();
  const day = list === 'completed' ? (props.day ?? today) : undefined;
  const interval = useInterval(15_000);
  const query = useInfiniteQuery({
    queryKey: ['refunds', list, day],
    queryFn: ({ pageParam, signal }) =>
      api('refunds', { query: { list, day, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? interval() : false),
  });
  const refunds = query.data?.pages.flatMap((page) => page.refunds) ?? [];
  return (
    <Card flush>
      {day !== undefined && (
        <div className={parts.filters}>
          <Field label="Day in India">
            {(field) => (
              <input
                {...field}
                type="date"
                className={parts.input}
                value={day}
                max={today}
                onChange={({ target }) =>
                  target.value && void navigate({ search: { list, day: target.value } })
                }
              />
            )}
          </Field>
        </div>
      )}
      {query.error && <TroubleNote trouble={toTrouble(query.error)} />}
      {query.isPending ? (
        <Bones rows={5} />
      ) : refunds.length === 0 ? (
        <Empty title="No refund">
          {list === 'failed'
            ? 'None has failed and still needs an operator.'
            : 'None in this list.'}
        </Empty>
      ) : (
        <div className={parts.scroll}>
          <table className={parts.table}>
            <caption>Refunds</caption>
            <thead>
              <tr>
                <th scope="col">Refund</th>
                <th scope="col">Order</th>
                <th scope="col">State</th>
                <th scope="col" data-align="end">
                  Amount
                </th>
                <th scope="col">Reason</th>
                <th scope="col">Last change</th>
              </tr>
            </thead>
            <tbody>
              {refunds.map((refund) => {
                const { tone, word } = describeRefund(refund);
                const { transactionId } = refund;
                return (
                  <tr key={refund.refundId} data-row data-copy={refund.refundId}>
                    <td>
                      <Id id={refund.refundId} />
                    </td>
                    <td>
                      <Id id={transactionId}>
                        {(shown) => (
                          <Link
                            to="/orders/$transactionId"
                            params={{ transactionId }}
                            data-row-link
                          >
                            {shown}
                          </Link>
                        )}
                      </Id>
                    </td>
                    <td title={explainRefund(refund)}>
                      <Badge tone={tone}>{word}</Badge>
                    </td>
                    <td data-align="end">
                      {refund.amountInPaisa === undefined ? (
                        '–'
                      ) : (
                        <Money paisa={refund.amountInPaisa} />
                      )}
                    </td>
                    <td>{toWords(refund.reason)}</td>
                    <td>
                      <Time at={refund.updatedAt} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {query.hasNextPage && (
        <p className={parts.more}>
          <Button onClick={() => void query.fetchNextPage()}>More</Button>
        </p>
      )}
    </Card>
  );
}
