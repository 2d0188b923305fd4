import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { describeStatus } from '../orders/rows.ts';
import { Badge, Card, CopyButton, Empty, Money, Time } from '../parts/basics.tsx';
import { toWords } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { isMoving } from './build-walk.ts';
import { Masked } from './masked.tsx';
import styles from './order.module.css';
import { OrderActions } from './order-actions.tsx';
import { SideCards } from './side-cards.tsx';
import { Sides } from './sides.tsx';
import { Timeline } from './timeline.tsx';
import { Verdict } from './verdict.tsx';
import { Walk } from './walk.tsx';

const route = getRouteApi('/orders/$transactionId');

/** One order from all sides: the verdict and its repair first. */
export function OrderPage(): ReactNode {
  const { transactionId } = route.useParams();
  const query = usePayment(transactionId);
  return (
    <Loaded query={query} rows={12}>
      {(payment) => {
        const { order } = payment;
        const { tone, word } = describeStatus(order);
        return (
          <div className={parts.stack} data-copy={order.transactionId}>
            <div>
              <header className={styles.head}>
                <div className={styles.title}>
                  <h1>{order.transactionId}</h1>
                  <CopyButton text={order.transactionId} what="the order’s id" />
                  <Badge tone={tone}>{word}</Badge>
                  {order.attention.map(({ reason }) => (
                    <Badge key={reason} tone="warn">
                      {toWords(reason)}
                    </Badge>
                  ))}
                </div>
                <OrderActions payment={payment} />
                <p className={styles.line}>
                  <span className={styles.sum}>
                    <Money paisa={order.amountInPaisa} />
                  </span>{' '}
                  · {order.planId} · created <Time at={order.createdAt} /> ·{' '}
                  <Masked id={order.transactionId} field="userEmail" shown={order.userEmail} /> ·
                  seen <Time at={payment.lookedAt} />
                </p>
              </header>
              <Verdict payment={payment} />
            </div>
            <Sides payment={payment} />
            <div className={styles.columns}>
              <div className={parts.stack}>
                <Card title="The walk to every effect" flush>
                  {payment.walk.length === 0 ? (
                    <Empty title="No event yet" />
                  ) : (
                    <Walk walk={payment.walk} />
                  )}
                </Card>
                <Timeline entries={payment.timeline} />
              </div>
              <div className={parts.stack}>
                <SideCards payment={payment} />
              </div>
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

/** While an event is on its way the order is asked for each second at first, and then less often. */
const OFTEN_MS = 1000;
const SELDOM_MS = 5000;
const REST_MS = 10_000;
const OFTEN_FOR_MS = 30_000;

function usePayment(transactionId: string) {
  const { api } = useConsole();
  const movingSince = useRef<number>(undefined);
  const refetchInterval = useInterval(() => {
    if (movingSince.current === undefined) return REST_MS;
    return performance.now() - movingSince.current < OFTEN_FOR_MS ? OFTEN_MS : SELDOM_MS;
  });
  return useQuery({
    queryKey: ['payment', transactionId],
    queryFn: async ({ signal }) => {
      const payment = await api('payment', { path: { transactionId }, signal });
      if (!isMoving(payment.walk)) movingSince.current = undefined;
      else movingSince.current ??= performance.now();
      return payment;
    },
    refetchInterval,
  });
}
