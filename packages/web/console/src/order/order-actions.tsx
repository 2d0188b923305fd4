import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import { lazy, type ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';

import parts from '../parts/parts.module.css';

const RefundDialog = lazy(() => import('./dialogs/refund-dialog.tsx'));
const AccessDialog = lazy(() => import('./dialogs/access-dialog.tsx'));
const RepairDialog = lazy(() => import('./dialogs/repair-dialog.tsx'));
const ReconcileDialog = lazy(() => import('./dialogs/reconcile-dialog.tsx'));

/** All that may be done about the order, whatever the verdict. Each asks first, and says the same as a command. */
export function OrderActions({ payment }: { payment: PaymentResponse }): ReactNode {
  const { order } = payment;
  const isPaid = order.status === 'COMPLETED';
  const notPaid = isPaid ? undefined : 'The order is not paid.';
  const hasEnded = order.accessRevokedAt !== undefined;
  return (
    <div className={parts.tools}>
      <ActButton
        route="reconcile"
        dialog={(close) => <ReconcileDialog order={order} onClose={close} />}
      >
        Ask the gateway…
      </ActButton>
      <ActButton
        route="resendMail"
        obstacle={notPaid}
        dialog={(close) => <RepairDialog order={order} route="resendMail" onClose={close} />}
      >
        Mail again…
      </ActButton>
      {hasEnded ? (
        <ActButton
          route="restoreAccess"
          dialog={(close) => <AccessDialog order={order} route="restoreAccess" onClose={close} />}
        >
          Give access back…
        </ActButton>
      ) : (
        <ActButton
          route="endAccess"
          obstacle={notPaid}
          dialog={(close) => <AccessDialog order={order} route="endAccess" onClose={close} />}
        >
          End access…
        </ActButton>
      )}
      <ActButton
        route="requestRefund"
        obstacle={
          notPaid ?? (order.refundableInPaisa === 0 ? 'Nothing is left to give back.' : undefined)
        }
        dialog={(close) => <RefundDialog payment={payment} onClose={close} />}
      >
        Pay back…
      </ActButton>
    </div>
  );
}
