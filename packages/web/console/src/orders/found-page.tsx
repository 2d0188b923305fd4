import { useQuery } from '@tanstack/react-query';
import { Navigate, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useConsole } from '../app/console.tsx';
import { Badge, Card, Empty, Facts, Id, Note, PageHead } from '../parts/basics.tsx';
import { plural } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import styles from '../parts/parts.module.css';
import { OrderTable } from './order-table.tsx';

/** What the search has found. What was searched for travels beside the address, since it may be an email. */
export function FoundPage(): ReactNode {
  const { api } = useConsole();
  const searched = useRouterState({ select: ({ location }) => location.state.searched });
  const query = useQuery({
    queryKey: ['search', searched],
    queryFn: ({ signal }) => api('search', { body: { text: searched }, signal }),
    enabled: searched !== undefined,
    // The same words searched again may find more.
    gcTime: 0,
  });
  if (searched === undefined) {
    return (
      <>
        <PageHead
          title="Search"
          does="This address does not say what was searched for, since that may be an email."
        />
        <Empty title="Type an id or an email above" />
      </>
    );
  }
  return (
    <>
      <PageHead title="Found" does={`By “${hide(searched)}”.`} />
      <Loaded query={query}>
        {({ orders, users, isCut }) => {
          const [order, ...more] = orders;
          if (order && more.length === 0 && order.transactionId === searched) {
            return (
              <Navigate
                to="/orders/$transactionId"
                params={{ transactionId: order.transactionId }}
                replace
              />
            );
          }
          return (
            <div className={styles.stack}>
              {isCut && <Note tone="warn">There are older orders, which were not looked at.</Note>}
              {users.map((user) => (
                <Card key={user.userId} title="User">
                  <Facts
                    of={[
                      [
                        'User id',
                        <Id key="id" id={user.userId} what="the user’s id" longest={40} />,
                      ],
                      ['Email', user.userEmail ?? 'none'],
                      [
                        'Tier',
                        <Badge key="tier" tone="none">
                          {user.tier ?? 'unknown'}
                        </Badge>,
                      ],
                      ['Orders', plural(user.orders, 'order')],
                    ]}
                  />
                </Card>
              ))}
              <Card title={plural(orders.length, 'order')} flush>
                {orders.length === 0 ? (
                  <Empty title="No order">
                    Nothing is known by these words: an order, gateway order, user, refund or
                    document id in full, or an email.
                  </Empty>
                ) : (
                  <OrderTable orders={orders} caption="Orders found" />
                )}
              </Card>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

/** An email is not repeated whole on a screen that others may see. */
function hide(searched: string): string {
  return searched.replace(/^(.)[^@]*(?=@)/, '$1***');
}
