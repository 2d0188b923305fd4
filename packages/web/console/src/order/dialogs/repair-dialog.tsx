import type { OrderView } from '@cloudnestle/contracts/admin/payment';
import type { RepairPlanResponse } from '@cloudnestle/contracts/admin/payment-changes';
import type { ReactNode } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { ApiTrouble } from '../../api/trouble.ts';
import { useConsole } from '../../app/console.tsx';
import { Note } from '../../parts/basics.tsx';
import { useRefresh } from '../use-refresh.ts';

const words = {
  repair: { title: 'Repair this order', verb: 'Repair this order' },
  resendMail: { title: 'Send the mail again', verb: 'Send the mail again' },
} as const;

/** Shows what would be done, and has it done as a job. */
export default function RepairDialog(props: {
  order: OrderView;
  route: 'repair' | 'resendMail';
  onClose(): void;
}): ReactNode {
  const { order, route, onClose } = props;
  const { api } = useConsole();
  const path = { transactionId: order.transactionId };
  const { follow } = useRefresh(order.transactionId);
  return (
    <ActionDialog
      title={words[route].title}
      preview={async () => readPlan(await api(route, { path, body: { dryRun: true } }))}
      verb={(plan) => (plan?.plan.isNothing === false ? words[route].verb : undefined)}
      handrail={(plan) => ({ command: plan?.command, runbook: plan?.runbook })}
      submit={(consent) => api(route, { path, body: consent })}
      onDone={follow}
      onClose={onClose}
    >
      {(plan) =>
        plan && (
          <Note tone={plan.plan.isNothing ? 'none' : 'wait'}>
            <strong>{plan.plan.isNothing ? 'Nothing is to be done' : 'This will be done'}</strong>
            <ul>
              {plan.plan.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </Note>
        )
      }
    </ActionDialog>
  );
}

function readPlan(answer: RepairPlanResponse | object): RepairPlanResponse {
  if ('plan' in answer) return answer;
  throw new ApiTrouble('server', 'The server has answered a dry run with something else.');
}
