import type { Billing } from '@cloudnestle/contracts/billing';
import type { SellerConfig } from '@cloudnestle/contracts/seller';
import type { PaidOrder } from '@cloudnestle/operations/paid-orders';
import { buildCreditNote, buildInvoice } from '@cloudnestle/payments/invoices/build-document';
import type { Order } from '@cloudnestle/payments/order';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { findNumber } from './claim-number.ts';
import type { DocumentKey } from './document-store.ts';
import {
  type IssueDependencies,
  type IssuedItem,
  isIssued,
  issueDocument,
  thinkAgain,
  thinkOf,
} from './issue-document.ts';
import { creditDue, judgeOrder, type Payment } from './judge-order.ts';

export interface SettleDependencies extends IssueDependencies {
  seller: SellerConfig;
  /** The order as its row stands now (consistent read). */
  readOrder(transactionId: string): Promise<Order>;
  /** What the buyer of the order paid for ever, of its tier (consistent read). */
  listPaid(order: Order): Promise<readonly PaidOrder[]>;
  /** Whom the buyer's last order was made out to. */
  findProfile(userId: string): Promise<Billing | undefined>;
}

/** What the books say of an order at one moment. */
export interface Look {
  order: Order;
  /** What its buyer paid for ever, of its tier. */
  paid: readonly PaidOrder[];
}

/** What is known of a refund besides its amount, of the one that an event tells of. */
export interface KnownRefund {
  refundId: string;
  refundedAt: string;
}

export interface SettleOptions {
  /** Whether an earlier delivery may have died before it counted what it wrote. */
  mayBeRepeat: boolean;
  payment: Payment;
  refund?: KnownRefund | undefined;
  /** The look that the caller has just taken. */
  look?: Look;
  /** Comes between the invoice and the second look: see `Delivery.meet`. */
  meet?(): Promise<void>;
}

/** The documents that an order has, or why it has none, and what the books said after its invoice was written. */
export type SettledOrder = { look: Look } & (
  | { kind: 'documents'; documents: readonly IssuedItem[] }
  | { kind: 'none'; why: string }
);

/**
 * Brings an order's documents to what its books say, from whatever stands there: the invoice if one is due, and a credit
 * note for each refund and for a duplicate. Decided from what is stored alone, so any number of deliveries in any order,
 * dead or alive, end in the same documents (rule 1).
 *
 * A row may change between the look at it and the invoice: it is read again after the invoice is written. A refund that was
 * recorded before that is credited here; the delivery of one that is recorded later finds the invoice. Where an
 * order turns into a duplicate it is the same.
 */
export async function settleOrder(
  deps: SettleDependencies,
  transactionId: string,
  options: SettleOptions,
): Promise<SettledOrder> {
  const first = options.look ?? (await lookAt(deps, await deps.readOrder(transactionId)));
  const invoice = await settleInvoice(deps, first, options);
  await options.meet?.();
  const look = await lookAgain(deps, first);
  if (invoice.kind === 'none') return { ...invoice, look };
  const notes = await settleCredits(deps, invoice.item, { ...options, order: look.order });
  return { kind: 'documents', documents: [invoice.item, ...notes], look };
}

/** The other half of a look: what the buyer paid besides an order that was just read. */
export async function lookAt(
  deps: Pick<SettleDependencies, 'listPaid'>,
  order: Order,
): Promise<Look> {
  return { order, paid: await deps.listPaid(order) };
}

/** Both at once. */
async function lookAgain(deps: SettleDependencies, { order: before }: Look): Promise<Look> {
  const reading = [deps.readOrder(before.row.transactionId), deps.listPaid(before)] as const;
  await Promise.allSettled(reading);
  const [order, paid] = await Promise.all(reading);
  return { order, paid };
}

async function settleInvoice(
  deps: SettleDependencies,
  first: Look,
  { mayBeRepeat, payment }: SettleOptions,
): Promise<{ kind: 'invoice'; item: IssuedItem } | { kind: 'none'; why: string }> {
  const { transactionId } = first.order.row;
  for (let revision = 1; ; revision += 1) {
    const { order, paid } = revision === 1 ? first : await lookAgain(deps, first);
    // Before anything is written, so that the records of a batch ask in the same moment.
    const billing = await findBilling(deps, order);
    const key = invoiceKey(transactionId, revision);
    const item = await thinkOf(deps, key, { kind: 'INVOICE', transactionId });
    const verdict = judgeOrder(order, paid, payment);
    if (verdict.kind === 'unmarked') {
      throw new RetryLaterError(`${transactionId} is not marked as a duplicate yet`);
    }
    if (isIssued(item)) {
      // It was taken back as a duplicate's, and the order is none any more: it is invoiced anew.
      if (verdict.kind === 'due' && item.credits?.[DUPLICATE] !== undefined) continue;
      if (mayBeRepeat) deps.metrics.count('DocumentIssued');
      return { kind: 'invoice', item };
    }
    if (verdict.kind === 'unknown') {
      throw new RetryLaterError(verdict.waitsFor);
    }
    // A number that a delivery took before it died is the order's, whatever became of the order since: no gap.
    const isNumbered = verdict.kind === 'none' && (await findNumber(deps, item, item));
    if (verdict.kind === 'none' && !isNumbered) {
      await deps.store.close(key, { why: verdict.why, at: deps.now() });
      return verdict;
    }
    const thoughtOf = isNumbered ? item : await thinkAgain(deps, item, 'INVOICE');
    const issued = await issueDocument(deps, thoughtOf, {
      build: (number) => buildInvoice(order, number, { config: deps.seller, billing }),
      isCounted: false,
    });
    return { kind: 'invoice', item: issued };
  }
}

/** What the order itself keeps, else its buyer's profile. */
async function findBilling(
  { findProfile }: Pick<SettleDependencies, 'findProfile'>,
  { row }: Order,
): Promise<Billing | undefined> {
  return row.billing ?? findProfile(row.userId);
}

/** The name of the note that takes back a duplicate's invoice, among the ids of refunds. */
const DUPLICATE = 'duplicate';

async function settleCredits(
  deps: SettleDependencies,
  invoice: IssuedItem,
  { order, ...options }: SettleOptions & { order: Order },
): Promise<IssuedItem[]> {
  const { pk, sk } = invoice;
  const gross = invoice.document.totalInPaisa;
  let item = invoice;
  const place = async (name: string, atMostInPaisa: number, upToInPaisa: number) => {
    if (item.credits?.[name] !== undefined) return;
    const placed = await deps.store.placeCredit({ pk, sk }, name, ({ creditedInPaisa = 0 }) => {
      const amountInPaisa = Math.min(atMostInPaisa, upToInPaisa - creditedInPaisa);
      return amountInPaisa > 0 ? { beforeInPaisa: creditedInPaisa, amountInPaisa } : undefined;
    });
    if (isIssued(placed)) item = placed;
  };
  for (const [refundId, refunded] of Object.entries(order.row.refunds ?? {}).toSorted()) {
    await place(refundId, refunded, creditDue(order));
  }
  if (order.row.duplicateOf !== undefined && order.row.accessRevokedAt === undefined) {
    await place(DUPLICATE, gross, gross);
  }
  const notes: IssuedItem[] = [];
  for (const name of Object.keys(item.credits ?? {}).toSorted()) {
    notes.push(await issueCredit(deps, item, name, options));
  }
  return notes;
}

async function issueCredit(
  deps: SettleDependencies,
  invoice: IssuedItem,
  name: string,
  { mayBeRepeat, refund }: SettleOptions,
): Promise<IssuedItem> {
  const { transactionId, document } = invoice;
  const place = invoice.credits?.[name];
  if (!place) throw new RetryLaterError(`${document.number} has no credit for ${name}`);
  const item = await thinkOf(deps, creditKey(invoice, name), {
    kind: 'CREDIT_NOTE',
    transactionId,
  });
  return issueDocument(deps, item, {
    build: (number) =>
      buildCreditNote(document, number, {
        ...place,
        ...(name === DUPLICATE ? { why: 'DUPLICATE' } : { why: 'REFUND', refundId: name }),
        refundedAt: refund?.refundId === name ? refund.refundedAt : undefined,
      }),
    isCounted: mayBeRepeat,
  });
}

export function invoiceKey(transactionId: string, revision: number): DocumentKey {
  return { pk: `order#${transactionId}`, sk: `INVOICE#${revision}` };
}

/** Of the invoice's own revision: one that takes the place of another has notes of its own. */
function creditKey({ pk, sk }: DocumentKey, name: string): DocumentKey {
  return { pk, sk: `CREDIT#${sk.slice('INVOICE#'.length)}#${name}` };
}
