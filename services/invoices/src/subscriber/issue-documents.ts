import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { paymentRefunded } from '@cloudnestle/contracts/events/payment-refunded';
import type { Publish } from '@cloudnestle/payments/build-events';
import { buildDocumentEvent } from '@cloudnestle/payments/invoices/build-document-events';
import { findForeignClaim, type Order } from '@cloudnestle/payments/order';
import { PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type {
  Delivery,
  ReceivedEvent,
  RecordOutcome,
  Subscriber,
} from '@cloudnestle/runtime/queue/subscriber';
import type { DocumentConnection } from '../documents/connect-documents.ts';
import type { IssuedItem } from '../documents/issue-document.ts';
import {
  type Look,
  lookAt,
  type SettleDependencies,
  type SettledOrder,
  type SettleOptions,
  settleOrder,
} from '../documents/settle-order.ts';

export interface DocumentDependencies extends SettleDependencies {
  publish: Publish;
}

export interface SubscriberDependencies {
  documents: Pick<DocumentConnection, 'forOrder'>;
  publish: Publish;
}

type DocumentContract = typeof paymentCompleted | typeof paymentRefunded;
type CausingEvent = ReceivedEvent<DocumentContract>;

/**
 * The invoice of each paid order and the credit note of each refund, one each for any number of deliveries. An event is a
 * reason to look: what is due follows from the books.
 */
export function buildInvoicesSubscriber({
  documents,
  publish,
}: SubscriberDependencies): Subscriber<DocumentContract> {
  return {
    unit: 'invoices',
    contracts: [paymentCompleted, paymentRefunded],
    handle: (event, delivery) => {
      const { transactionId, userId, plan } = event.data;
      const own = documents.forOrder({ transactionId, userId, tier: plan.tier });
      return issueDocuments({ ...own, publish }, event, delivery);
    },
  };
}

async function issueDocuments(
  deps: DocumentDependencies,
  event: CausingEvent,
  { mayBeRepeat, messageId, meet }: Pick<Delivery, 'mayBeRepeat' | 'messageId' | 'meet'>,
): Promise<RecordOutcome> {
  const { transactionId } = event.data;
  const order = await checkEvent(deps, event);
  const { traceparent } = event.metadata;
  const settled = await settleAndTell(deps, transactionId, {
    look: await lookAt(deps, order),
    meet,
    mayBeRepeat,
    payment: event.detailType === 'PaymentRefunded' ? 'untold' : 'told',
    refund: event.detailType === 'PaymentRefunded' ? event.data : undefined,
    trigger: { producer: 'invoices', causationId: messageId, traceparent },
  });
  return settled.kind === 'none' ? { kind: 'skipped', why: settled.why } : { kind: 'applied' };
}

/** An order's documents, and those of its buyer's other orders that it bears upon; each is told of. */
export async function settleAndTell(
  deps: DocumentDependencies,
  transactionId: string,
  options: SettleOptions & { trigger: DocumentTrigger },
): Promise<SettledOrder> {
  const settled = await settleOrder(deps, transactionId, options);
  if (settled.kind === 'documents') await tell(deps, settled.documents, options.trigger);
  await tell(deps, await settleOthers(deps, settled.look), options.trigger);
  return settled;
}

type DocumentTrigger = Parameters<typeof buildDocumentEvent>[1];

/** At every delivery that finds a document: rather told twice than never. */
async function tell(
  { publish, store }: Pick<DocumentDependencies, 'publish' | 'store'>,
  documents: readonly IssuedItem[],
  trigger: DocumentTrigger,
): Promise<void> {
  for (const { pk, sk, document, openShard } of documents) {
    const answer = await publish(buildDocumentEvent(document, trigger));
    if (answer.kind === 'failed') {
      throw new RetryLaterError(`${document.number} was not told of: ${answer.reason}`);
    }
    if (openShard !== undefined) await store.leave({ pk, sk });
  }
}

/** An event that its order's row does not bear out never will be; a refund that is not there yet may come. */
async function checkEvent(deps: DocumentDependencies, event: CausingEvent): Promise<Order> {
  const order = await deps.readOrder(event.data.transactionId);
  const foreign = findForeignClaim({ ...order.row }, event.data);
  if (foreign !== undefined) throw new PermanentError(foreign);
  if (event.detailType !== 'PaymentRefunded') return order;
  if (order.row.refunds?.[event.data.refundId] === undefined) {
    throw new RetryLaterError('the order\u2019s row does not have the refund yet');
  }
  return order;
}

/**
 * The other orders that the buyer paid for the same tier for ever: a payment may have made one of them a duplicate after it had its
 * invoice, and a refund may have made one the first that stands. Nearly always there is none.
 */
async function settleOthers(
  deps: DocumentDependencies,
  { order, paid }: Look,
): Promise<readonly IssuedItem[]> {
  const { transactionId } = order.row;
  const isRevoked = order.row.accessRevokedAt !== undefined;
  const others = paid.filter((each) => each.transactionId !== transactionId);
  if (isRevoked && others.length < paid.length) {
    throw new RetryLaterError('the order still counts among its buyer\u2019s payments');
  }
  const found: IssuedItem[] = [];
  for (const other of others) {
    const { row } = await deps.readOrder(other.transactionId);
    if (isRevoked && row.duplicateOf === transactionId) {
      throw new RetryLaterError(`${other.transactionId} still counts as its duplicate`);
    }
    const settled = await settleOrder(deps, other.transactionId, {
      mayBeRepeat: false,
      payment: 'told',
    });
    if (settled.kind === 'documents') found.push(...settled.documents);
  }
  return found;
}
