import {
  type RevealField,
  revealRequestSchema,
} from '@cloudnestle/contracts/admin/payment-changes';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import {
  type Answer,
  answerOk,
  orderNotFound,
  readBody,
  readOrderPath,
  refused,
} from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';

/** `POST payments/{transactionId}/reveal`: personal data as it is. Who wanted it and why is written down first. */
export const answerReveal: Answer = async (call) => {
  const { fields, reason } = readBody(call, revealRequestSchema);
  const { desk, operator } = call;
  const transactionId = readOrderPath(call);
  const row = await desk.sources.books.findTransaction(transactionId);
  if (!row) throw orderNotFound(transactionId);
  const read = readOrder(row, desk.sources.books.catalogue);
  if (read.kind !== 'order') throw refused('This order cannot be read.', { transactionId });
  const actionId = desk.platform.newId();
  await desk.actions.write({
    ...{ actionId, transactionId, by: operator.name, subject: operator.subject },
    what: 'payment reveal',
    actor: 'console',
    why: reason,
    outcome: 'DONE',
    target: { fields: [...new Set(fields)].toSorted().join(' ') },
  });
  const values: Partial<Record<RevealField, string | null>> = {};
  for (const field of fields) values[field] = (await readField(desk, read.order, field)) ?? null;
  return answerOk(call, { values, actionId }, { transactionId });
};

async function readField(
  { sources }: Desk,
  { row }: Order,
  field: RevealField,
): Promise<string | undefined> {
  switch (field) {
    case 'userEmail':
      return row.userEmail;
    case 'currentEmail':
      return (await sources.books.findUser(row.userId))?.email;
    case 'vpa':
      return row.vpa;
    case 'utr':
      return row.utr;
    case 'upiTransactionId':
      return row.upi_transaction_id;
    case 'billingName':
      return row.billing?.name;
    case 'billingGstin':
      return row.billing?.gstin;
    case 'billingAddress':
      return row.billing?.address;
  }
}
