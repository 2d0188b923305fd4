import type { AttentionResponse } from '@cloudnestle/contracts/admin/attention';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { useConsole } from '../app/console.tsx';
import { useInterval } from '../app/live.tsx';
import { Badge, Card, Empty, Id, Money, PageHead, Time } from '../parts/basics.tsx';
import { Runbook } from '../parts/command.tsx';
import { toWords } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';

const ResolveDialog = lazy(() => import('../order/dialogs/resolve-dialog.tsx'));
const route = getRouteApi('/attention');

type Reason = AttentionResponse['reasons'][number];
type Order = Reason['orders'][number];

/** Orders that need an operator, by reason, the longest waiting first; each leads to its repair. */
export function AttentionPage(): ReactNode {
  const { api } = useConsole();
  const { reason: chosen } = route.useSearch();
  const query = useQuery({
    queryKey: ['attention'],
    queryFn: ({ signal }) => api('attention', { signal }),
    refetchInterval: useInterval(15_000),
  });
  return (
    <>
      <PageHead
        title="Attention"
        does="What no machine can decide. Each state ends when the facts end it, or by an operator’s word."
      />
      <Loaded query={query} rows={8}>
        {({ reasons }) => {
          const shown = reasons.filter(
            ({ reason, count }) => count > 0 && (chosen === undefined || reason === chosen),
          );
          return (
            <div className={parts.stack}>
              {chosen !== undefined && (
                <p>
                  Only “{toWords(chosen)}”.{' '}
                  <Link to="/attention" search={{}}>
                    Show all
                  </Link>
                </p>
              )}
              {shown.length === 0 ? (
                <Card flush>
                  <Empty title="No order needs an operator">
                    {chosen === undefined ? '' : 'Not for this reason.'}
                  </Empty>
                </Card>
              ) : (
                shown.map((reason) => <ReasonCard key={reason.reason} of={reason} />)
              )}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function ReasonCard({ of }: { of: Reason }): ReactNode {
  return (
    <Card
      flush
      title={
        <>
          {toWords(of.reason)} <Badge tone="warn">{of.count}</Badge>
        </>
      }
      aside={<Runbook name={of.runbook} />}
    >
      <p className={parts.lead}>{of.meaning}</p>
      <div className={parts.scroll}>
        <table className={parts.table}>
          <caption>Orders: {toWords(of.reason)}</caption>
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Since</th>
              <th scope="col" data-align="end">
                Amount
              </th>
              <th scope="col">What is known</th>
              <th scope="col">Way out</th>
            </tr>
          </thead>
          <tbody>
            {of.orders.map((order) => (
              <Row key={order.transactionId} order={order} reason={of} />
            ))}
          </tbody>
        </table>
      </div>
      {of.count > of.orders.length && (
        <p className={parts.more}>
          {of.orders.length} of {of.count} are shown, the longest waiting.
        </p>
      )}
    </Card>
  );
}

function Row({ order, reason }: { order: Order; reason: Reason }): ReactNode {
  const { transactionId, since, detail, amountInPaisa } = order;
  return (
    <tr data-row data-copy={transactionId}>
      <td>
        <Id id={transactionId}>
          {(shown) => (
            <Link to="/orders/$transactionId" params={{ transactionId }} data-row-link>
              {shown}
            </Link>
          )}
        </Id>
      </td>
      <td>
        <Time at={since} />
      </td>
      <td data-align="end">
        {amountInPaisa === undefined ? '–' : <Money paisa={amountInPaisa} />}
      </td>
      <td>{detail ?? '–'}</td>
      <td>
        <WayOut order={order} reason={reason} />
      </td>
    </tr>
  );
}

/** Resolving is a word; all else is done where the order is seen whole. */
function WayOut({ order, reason }: { order: Order; reason: Reason }): ReactNode {
  const { transactionId, mend, seenVersion, command } = order;
  if (mend === 'resolve') {
    return (
      <ActButton
        route="resolveAttention"
        kind="quiet"
        dialog={(close) => (
          <ResolveDialog
            transactionId={transactionId}
            reason={reason.reason}
            seenVersion={seenVersion}
            handrail={{ command, runbook: reason.runbook }}
            onClose={close}
          />
        )}
      >
        Resolve…
      </ActButton>
    );
  }
  const words = { repair: 'Repair', endAccess: 'End access', refund: 'Pay back' } as const;
  return (
    <Link to="/orders/$transactionId" params={{ transactionId }}>
      {words[mend]} →
    </Link>
  );
}
