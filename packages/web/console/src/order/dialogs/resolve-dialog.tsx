import type { ReactNode } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { useConsole } from '../../app/console.tsx';
import { toWords } from '../../parts/format.ts';
import { useRefresh } from '../use-refresh.ts';

/** Ends a reason for attention by the operator's word. What has come since they looked stays. */
export default function ResolveDialog(props: {
  transactionId: string;
  reason: string;
  seenVersion: number | undefined;
  handrail: { command?: string | undefined; runbook?: string | undefined };
  onClose(): void;
}): ReactNode {
  const { transactionId, reason, seenVersion, handrail, onClose } = props;
  const { api } = useConsole();
  const { refresh } = useRefresh(transactionId);
  return (
    <ActionDialog
      title={`Resolve “${toWords(reason)}”`}
      does="The order needs no operator for this any more, because you say so. Nothing else changes: no money moves, and no access."
      verb={() => 'Resolve it'}
      handrail={() => handrail}
      submit={(consent) =>
        api('resolveAttention', {
          path: { transactionId },
          body: {
            attentionReason: reason,
            ...(seenVersion === undefined ? {} : { seenVersion }),
            ...consent,
          },
        })
      }
      onDone={refresh}
      onClose={onClose}
    />
  );
}
