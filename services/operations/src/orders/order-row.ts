import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import { refundedInPaisa } from '@cloudnestle/operations/attention/money-steps';
import { maskAddress } from '@cloudnestle/operations/words/mask';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** What a row says, as far as it can be read: rows of the replaced system stand in lists too. */
const looseSchema = z.object({
  transactionId: z.string(),
  merchantOrderId: text,
  userId: text,
  userEmail: text,
  tier: text,
  plan: z.object({ planId: text }).optional().catch(undefined),
  amount: z.int().nonnegative().optional().catch(undefined),
  status: z.string().catch('UNREADABLE'),
  failureReason: text,
  payment_mode: text,
  createdAt: z.string().catch(''),
  completedAt: text,
  duplicateOf: text,
  accessRevokedAt: text,
});

/** A row of the orders' table as lists show it; nothing where it names no order. Personal data is masked. */
export function toOrderRow(item: Readonly<Record<string, unknown>>): OrderRow[] {
  const read = looseSchema.safeParse(item);
  if (!read.success) return [];
  const { userEmail, plan, amount, payment_mode, ...rest } = read.data;
  return [
    {
      ...rest,
      userEmail: userEmail === undefined ? undefined : maskAddress(userEmail),
      planId: plan?.planId,
      amountInPaisa: amount,
      paymentMode: payment_mode,
      failureReason: rest.status === 'FAILED' ? rest.failureReason : undefined,
      attention: readAttention(item).map(({ reason }) => reason),
      refundedInPaisa: refundedInPaisa(item),
    },
  ];
}
