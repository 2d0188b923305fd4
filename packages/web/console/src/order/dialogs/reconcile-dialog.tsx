import type { OrderView } from '@cloudnestle/contracts/admin/payment';
import type { ReactNode } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { useConsole } from '../../app/console.tsx';
import { useRefresh } from '../use-refresh.ts';

/** Has the gateway asked about this order, and publishes what it says. */
export default function ReconcileDialog(props: { order: OrderView; onClose(): void }): ReactNode {
  const { transactionId } = props.order;
  const { api } = useConsole();
  const { follow } = useRefresh(transactionId);
  return (
    <ActionDialog
      title="Ask the gateway about this order"
      does="Its answer is published where our books do not have it yet; the effects follow in a moment. Nothing else changes."
      verb={() => 'Ask the gateway'}
      handrail={() => ({
        command: `./payments reconcile ${transactionId}`,
        runbook: 'user-not-pro',
      })}
      submit={(consent) => api('reconcile', { body: { transactionId, repair: true, ...consent } })}
      onDone={follow}
      onClose={props.onClose}
    />
  );
}
