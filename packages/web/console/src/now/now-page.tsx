import type { TopologyResponse } from '@cloudnestle/contracts/admin/topology';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useConsole } from '../app/console.tsx';
import { useInterval, useLive } from '../app/live.tsx';
import { QueueTable } from '../letters/queue-table.tsx';
import { useQueues } from '../letters/use-queues.ts';
import { Card, PageHead, Time } from '../parts/basics.tsx';
import { addDays } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useToday } from '../parts/use-now.ts';
import { FaultsCard } from './faults-card.tsx';
import { LastPayments } from './last-payments.tsx';
import styles from './now.module.css';
import { TopologyPicture } from './topology-picture.tsx';
import { useNarrow } from './use-narrow.ts';
import { useSteps } from './use-steps.ts';

/** What happens now: every queue with its counts, and the last payments on their way through. */
export function NowPage(): ReactNode {
  const { api, config } = useConsole();
  const { isPaused, setPaused } = useLive();
  const isNarrow = useNarrow();
  const topology = useQuery({
    queryKey: ['topology'],
    queryFn: ({ signal }) => api('topology', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const queues = useQueues(3000);
  const orders = useLastOrders();
  const steps = useSteps(orders.data?.orders);
  return (
    <>
      <PageHead
        title="Now"
        does="Each event goes from the bus into a queue for every subscriber, and ends in what that writes. Only counts are read here."
      >
        {queues.data && (
          <span>
            counted <Time at={queues.data.countedAt} />
          </span>
        )}
        <button type="button" className={styles.pause} onClick={() => setPaused(!isPaused)}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
      </PageHead>
      <div className={parts.stack}>
        {isNarrow ? (
          <QueueTable chosen={undefined} />
        ) : (
          <Card flush>
            <Loaded query={topology} rows={8}>
              {(known: TopologyResponse) => (
                <TopologyPicture
                  topology={known}
                  queues={queues.data?.queues ?? []}
                  steps={steps}
                  isPaused={isPaused}
                />
              )}
            </Loaded>
          </Card>
        )}
        {config.faultsUrl !== undefined && <FaultsCard url={config.faultsUrl} />}
        <Card title="Last payments" flush aside={<Link to="/orders">All orders</Link>}>
          <Loaded query={orders}>{({ orders: list }) => <LastPayments orders={list} />}</Loaded>
        </Card>
      </div>
    </>
  );
}

function useLastOrders() {
  const { api } = useConsole();
  const to = useToday();
  const from = addDays(to, -1);
  return useQuery({
    queryKey: ['last orders', from, to],
    queryFn: ({ signal }) => api('orders', { query: { from, to }, signal }),
    refetchInterval: useInterval(3000),
  });
}
