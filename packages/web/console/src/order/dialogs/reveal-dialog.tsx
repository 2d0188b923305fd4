import type { RevealField } from '@cloudnestle/contracts/admin/payment-changes';
import type { ReactNode } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { useConsole } from '../../app/console.tsx';
import { useRefresh } from '../use-refresh.ts';

/** Asks why personal data is to be shown; the server writes that down before it answers. */
export default function RevealDialog(props: {
  transactionId: string;
  field: RevealField;
  onRevealed(value: string): void;
  onClose(): void;
}): ReactNode {
  const { transactionId, field, onRevealed, onClose } = props;
  const { api } = useConsole();
  const { refresh } = useRefresh(transactionId);
  return (
    <ActionDialog
      title="Show personal data"
      does="It is shown for a minute, to you alone. Who asked, when and why is in the action log."
      verb={() => 'Show it'}
      handrail={() => ({
        command: `./payments payment ${transactionId} --reveal`,
        runbook: 'personal-data-shown',
      })}
      submit={({ reason }) =>
        api('reveal', { path: { transactionId }, body: { fields: [field], reason } })
      }
      onDone={({ values }) => {
        onRevealed(values[field] ?? '(there is none)');
        refresh();
      }}
      onClose={onClose}
    />
  );
}
