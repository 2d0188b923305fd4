import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import type { RefundReason } from '@cloudnestle/contracts/items/refund';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../../act/action-dialog.tsx';
import { useConsole } from '../../app/console.tsx';
import { Field } from '../../parts/field.tsx';
import { formatMoney, parseMoney } from '../../parts/format.ts';
import parts from '../../parts/parts.module.css';
import { nameRefund } from '../name-refund.ts';
import { useRefresh } from '../use-refresh.ts';

const reasons: readonly RefundReason[] = [
  ...(['BUYER_REQUEST', 'DUPLICATE', 'SERVICE_FAILURE'] as const),
  ...(['DISPUTE_PREVENTION', 'FRAUD', 'OTHER'] as const),
];

/** Asks for a refund. The key stays as it was when the dialog opened: however often it is sent, it is one refund. */
export default function RefundDialog(props: {
  payment: PaymentResponse;
  onClose(): void;
}): ReactNode {
  const { payment, onClose } = props;
  const { order } = payment;
  const { api } = useConsole();
  const { refresh } = useRefresh(order.transactionId);
  const [idempotencyKey] = useState(() => nameRefund(payment));
  const [typed, setTyped] = useState((order.refundableInPaisa / 100).toFixed(2));
  const [refundReason, setReason] = useState<string>(
    order.duplicateOf === undefined ? 'BUYER_REQUEST' : 'DUPLICATE',
  );
  const amountInPaisa = parseMoney(typed);
  const fault =
    idempotencyKey === undefined
      ? 'The refunds of this order could not be read: look again before money goes back.'
      : findFault(amountInPaisa, order.refundableInPaisa);
  return (
    <ActionDialog
      title="Pay back"
      does={`Of ${formatMoney(order.amountInPaisa)} that was paid, ${formatMoney(order.refundableInPaisa)} can still go back. At the full amount the order’s access ends.`}
      kind="danger"
      fault={fault}
      verb={() => `Pay ${amountInPaisa === undefined ? '' : formatMoney(amountInPaisa)} back`}
      handrail={() => ({
        command: sayCommand(order.transactionId, { amountInPaisa, refundReason, idempotencyKey }),
        runbook: 'money-owed',
      })}
      submit={(consent) =>
        api('requestRefund', {
          path: { transactionId: order.transactionId },
          body: { amountInPaisa, refundReason, idempotencyKey, ...consent },
        })
      }
      onDone={refresh}
      onClose={onClose}
    >
      {() => (
        <>
          <Field label="Amount in rupees" fault={fault}>
            {(field) => (
              <input
                {...field}
                className={parts.input}
                inputMode="decimal"
                autoComplete="off"
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
              />
            )}
          </Field>
          <Field label="Reason, as the books have it">
            {(field) => (
              <select
                {...field}
                className={parts.input}
                value={refundReason}
                onChange={({ target }) => setReason(target.value)}
              >
                {reasons.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            )}
          </Field>
        </>
      )}
    </ActionDialog>
  );
}

/** The same refund, by its key: pasted as well as pressed, the money goes back once. */
function sayCommand(
  transactionId: string,
  wish: {
    amountInPaisa?: number | undefined;
    refundReason: string;
    idempotencyKey?: string | undefined;
  },
): string {
  const { amountInPaisa, refundReason, idempotencyKey } = wish;
  const rupees = amountInPaisa === undefined ? '…' : (amountInPaisa / 100).toFixed(2);
  const key = idempotencyKey === undefined ? '' : ` --key ${idempotencyKey}`;
  return `./payments refund ${transactionId} --amount ${rupees} --reason ${refundReason}${key}`;
}

function findFault(amountInPaisa: number | undefined, mostInPaisa: number): string | undefined {
  if (amountInPaisa === undefined || amountInPaisa === 0) return 'Type an amount, such as 299.00.';
  if (amountInPaisa > mostInPaisa) return `At most ${formatMoney(mostInPaisa)} can go back.`;
  return undefined;
}
