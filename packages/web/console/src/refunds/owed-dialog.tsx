import type { RefundOwedPreviewResponse } from '@cloudnestle/contracts/admin/refunds';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActionDialog } from '../act/action-dialog.tsx';
import { ApiTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { addToTray } from '../jobs/tray-store.ts';
import { Note } from '../parts/basics.tsx';
import { formatMoney, plural } from '../parts/format.ts';

/** Gives back all that can be given back, as one job. */
export default function OwedDialog({ onClose }: { onClose(): void }): ReactNode {
  const { api } = useConsole();
  const client = useQueryClient();
  return (
    <ActionDialog
      title="Pay back what is owed"
      kind="danger"
      preview={async () => readPreview(await api('refundOwed', { body: { dryRun: true } }))}
      verb={(plan) =>
        plan === undefined || plan.preview.refunds.length === 0
          ? undefined
          : `Pay ${formatMoney(plan.preview.totalInPaisa)} back in ${plural(plan.preview.refunds.length, 'refund')}`
      }
      handrail={(plan) => ({ command: plan?.command, runbook: 'money-owed' })}
      submit={(consent, plan) =>
        api('refundOwed', {
          body: {
            transactionIds: plan?.preview.refunds.map(({ transactionId }) => transactionId),
            ...consent,
          },
        })
      }
      onDone={(answer) => {
        if ('job' in answer) addToTray(answer.job.jobId);
        void client.invalidateQueries({ queryKey: ['owed'] });
      }}
      onClose={onClose}
    >
      {(plan) =>
        plan && (
          <>
            <p>
              {plural(plan.preview.refunds.length, 'refund')} of{' '}
              {formatMoney(plan.preview.totalInPaisa)} in all would be asked for, the longest
              waiting first.
            </p>
            {plan.preview.left > 0 && (
              <Note tone="warn">
                {plural(plan.preview.left, 'more refund')} cannot go in one step: pay them back
                after these.
              </Note>
            )}
            {plan.preview.obstacles.map(({ transactionId, obstacle }) => (
              <Note key={transactionId} tone="warn">
                <strong>{transactionId}</strong> {obstacle}
              </Note>
            ))}
          </>
        )
      }
    </ActionDialog>
  );
}

function readPreview(answer: object): RefundOwedPreviewResponse {
  if (isPreview(answer)) return answer;
  throw new ApiTrouble('server', 'The server has answered a dry run with something else.');
}

function isPreview(answer: object): answer is RefundOwedPreviewResponse {
  return 'preview' in answer;
}
