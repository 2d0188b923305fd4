import type { PaymentResponse, RepairView } from '@cloudnestle/contracts/admin/payment';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { toWords } from '../parts/format.ts';

const dialogs = {
  Repair: lazy(() => import('./dialogs/repair-dialog.tsx')),
  Resolve: lazy(() => import('./dialogs/resolve-dialog.tsx')),
  Access: lazy(() => import('./dialogs/access-dialog.tsx')),
  Refund: lazy(() => import('./dialogs/refund-dialog.tsx')),
};

/** The one button that the verdict leads to; nothing where nothing is to be done from here. */
export function RepairButton(props: { payment: PaymentResponse; repair: RepairView }): ReactNode {
  const { payment, repair } = props;
  const { order } = payment;
  switch (repair.action) {
    case 'repair':
      return (
        <ActButton
          route="repair"
          kind="main"
          dialog={(close) => <dialogs.Repair order={order} route="repair" onClose={close} />}
        >
          Repair…
        </ActButton>
      );
    case 'resendMail':
      return (
        <ActButton
          route="resendMail"
          kind="main"
          dialog={(close) => <dialogs.Repair order={order} route="resendMail" onClose={close} />}
        >
          Send the mail again…
        </ActButton>
      );
    case 'resolveAttention': {
      const reason = repair.attentionReason;
      if (reason === undefined) return null;
      return (
        <ActButton
          route="resolveAttention"
          kind="main"
          dialog={(close) => (
            <dialogs.Resolve
              transactionId={order.transactionId}
              reason={reason}
              seenVersion={repair.seenVersion}
              handrail={repair}
              onClose={close}
            />
          )}
        >
          Resolve “{toWords(reason)}”…
        </ActButton>
      );
    }
    case 'endAccess':
      return (
        <ActButton
          route="endAccess"
          kind="danger"
          dialog={(close) => <dialogs.Access order={order} route="endAccess" onClose={close} />}
        >
          End access…
        </ActButton>
      );
    case 'refund':
      return (
        <ActButton
          route="requestRefund"
          kind="main"
          dialog={(close) => <dialogs.Refund payment={payment} onClose={close} />}
        >
          Pay back…
        </ActButton>
      );
    case 'none':
    case 'terminal':
      return null;
  }
}
