import type { OrderView } from '@cloudnestle/contracts/admin/payment';
import type { ReactNode } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { useConsole } from '../../app/console.tsx';
import { useRefresh } from '../use-refresh.ts';

const words = {
  endAccess: {
    title: 'End the access of this order',
    does: 'The buyer loses what this order gave, within moments. The money stays where it is.',
    verb: 'End access',
    kind: 'danger',
    command: './payments access end',
    runbook: 'attention-dispute',
  },
  restoreAccess: {
    title: 'Give the access of this order back',
    does: 'The buyer holds again what this order gave. The money stays where it is.',
    verb: 'Give access back',
    kind: 'main',
    command: './payments access restore',
    runbook: 'attention-partial-refund',
  },
} as const;

export default function AccessDialog(props: {
  order: OrderView;
  route: 'endAccess' | 'restoreAccess';
  onClose(): void;
}): ReactNode {
  const { order, route, onClose } = props;
  const { api } = useConsole();
  const { refresh } = useRefresh(order.transactionId);
  const { title, does, verb, kind, command, runbook } = words[route];
  return (
    <ActionDialog
      title={title}
      does={does}
      kind={kind}
      verb={() => verb}
      handrail={() => ({ command: `${command} ${order.transactionId} --reason "…"`, runbook })}
      submit={(consent) =>
        api(route, { path: { transactionId: order.transactionId }, body: consent })
      }
      onDone={refresh}
      onClose={onClose}
    />
  );
}
