import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { Badge, Card, Empty, Id, Money, Time } from '../parts/basics.tsx';
import { Handrail } from '../parts/command.tsx';
import { formatMoney } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';

const OwedDialog = lazy(() => import('./owed-dialog.tsx'));

/** What buyers have paid twice, and when it can go back. */
export function OwedCard(): ReactNode {
  const { api } = useConsole();
  const query = useQuery({
    queryKey: ['owed'],
    queryFn: ({ signal }) => api('owed', { signal }),
    refetchInterval: useInterval(15_000),
  });
  return (
    <Card
      flush
      title="Paid twice, and owed back"
      aside={
        query.data &&
        query.data.owed.length > 0 && (
          <>
            <strong>{formatMoney(query.data.totalOwedInPaisa)}</strong>
            <ActButton
              route="refundOwed"
              kind="main"
              dialog={(close) => <OwedDialog onClose={close} />}
            >
              Pay all of it back…
            </ActButton>
          </>
        )
      }
    >
      <Loaded query={query}>
        {({ owed, command, runbook }) =>
          owed.length === 0 ? (
            <Empty title="Nothing is owed">No buyer has paid twice.</Empty>
          ) : (
            <>
              <div className={parts.scroll}>
                <table className={parts.table}>
                  <caption>What is owed</caption>
                  <thead>
                    <tr>
                      <th scope="col">Order</th>
                      <th scope="col">The buyer keeps</th>
                      <th scope="col">Since</th>
                      <th scope="col" data-align="end">
                        Owed
                      </th>
                      <th scope="col">In the way</th>
                    </tr>
                  </thead>
                  <tbody>
                    {owed.map(({ transactionId, keptId, since, owedInPaisa, ...row }) => (
                      <tr key={transactionId} data-row data-copy={transactionId}>
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
                        <td>
                          {keptId === transactionId ? 'one of its payments' : <Id id={keptId} />}
                        </td>
                        <td>
                          <Time at={since} />
                        </td>
                        <td data-align="end">
                          <Money paisa={owedInPaisa} />
                        </td>
                        <td>
                          {row.obstacle !== undefined ? (
                            <Badge tone="warn">{row.obstacle}</Badge>
                          ) : (
                            (row.leftToOperator ?? 'nothing')
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <div className={parts.more}>
                <Handrail command={command} runbook={runbook} />
              </div>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
