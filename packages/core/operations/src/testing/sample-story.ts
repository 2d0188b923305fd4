import type { MailKind, MailState } from '@cloudnestle/contracts/items/notification';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { compareHoldings } from '@cloudnestle/payments/access';
import { buildCatalogue, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { judgeOrder } from '@cloudnestle/payments/judge-order';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { oneGateway } from '@cloudnestle/payments/testing/one-gateway';
import { buildRecord } from '@cloudnestle/runtime/testing/invoke';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import type { Letter } from '../letters/letter.ts';
import { findDiscrepancies } from '../reconcile/examine-order.ts';
import { buildMailEvents } from '../story/collect-story.ts';
import { contentOf, type OrderStory } from '../story/story.ts';

const catalogue = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID });
const trigger = { producer: 'cli', causationId: 'test', gatewayEvent: 'manual' };

export const transactionId = 'txn_MP-u-1-1763888400-abc123';
export const paidAt = '2025-11-23T09:10:00.000Z';
const pro = { tier: 'pro', access_tier: 'pro', status: 'active' };

type Found = Extract<OrderStatusAnswer, { kind: 'found' }>;

export const paidStatus: Found = {
  kind: 'found',
  state: 'COMPLETED',
  gatewayState: 'COMPLETED',
  amountInPaisa: 29_900,
  isOurs: true,
  attempts: [{ state: 'COMPLETED', at: paidAt }],
};

export const declinedStatus: Found = {
  ...paidStatus,
  state: 'FAILED',
  gatewayState: 'FAILED',
  failure: 'DECLINED',
  attempts: [{ state: 'FAILED', at: paidAt }],
};

/** What differs from a healthy paid order an hour later. */
export interface Difference
  extends Partial<Pick<OrderStory, 'user' | 'records' | 'others' | 'newsAt'>> {
  row?: Partial<TransactionItem>;
  gateway?: OrderStatusAnswer;
  lookedAt?: string;
  mails?: OrderStory['mails'] | Partial<Record<MailKind, MailState>>;
  letters?: { queue: string; letters: Letter[]; heldByOthers?: number }[];
  /** Messages by live queue. */
  live?: Record<string, number>;
}

/** A healthy paid order, but for what differs; judged as the real parts judge. */
export async function sampleStory(difference: Difference = {}): Promise<OrderStory> {
  const lookedAt = new Date(difference.lookedAt ?? '2025-11-23T10:10:00.000Z');
  const order = sampleOrder(difference.row);
  const gateways = oneGateway({ orderStatus: async () => difference.gateway ?? paidStatus });
  const deps = { gateways, now: () => lookedAt };
  const options = { timeoutMs: 100, expireUnknown: true };
  const judgement = await judgeOrder(deps, order, trigger, options);
  const user: OrderStory['user'] = difference.user ?? {
    kind: 'read',
    value: {
      userId: 'u-1',
      email: 'u@example.com',
      subscriptionTier: 'pro',
      subscriptionStatus: 'active',
    },
  };
  const records: OrderStory['records'] = difference.records ?? {
    kind: 'read',
    value: [{ byUserId: pro, byEmail: [pro] }],
  };
  const found = contentOf(records);
  const isKnown = order.row.status === 'COMPLETED' && user.kind === 'read' && found;
  const holdings = isKnown
    ? compareHoldings(
        { user: user.value, records: found },
        { transactionId, plan: order.plan },
        { tiers: catalogue.tiers, now: lookedAt },
      )
    : undefined;
  return {
    stage: 'test',
    lookedAt,
    order,
    judgement,
    user,
    records,
    holdings,
    discrepancies: findDiscrepancies({ order, judgement, holdings }),
    mails: toMails(difference.mails),
    mailEvents: buildMailEvents(order, judgement, trigger),
    queues: toQueues(difference),
    others: difference.others ?? { kind: 'read', value: { orders: [], isCut: false } },
    refunds: { kind: 'read', value: [] },
    newsAt: difference.newsAt,
  };
}

const sent: MailState = { state: 'sent', messageId: 'm-1', sentAt: paidAt };

function toMails(
  given: Difference['mails'] = { initiated: sent, welcome: sent },
): OrderStory['mails'] {
  if ('kind' in given) return given;
  return { kind: 'read', value: { notificationKey: `order#${transactionId}`, ...given } };
}

function toQueues({ letters = [], live = {} }: Difference): OrderStory['queues'] {
  return {
    dead: letters.map(({ queue, letters: found, heldByOthers = 0 }) => ({
      queue,
      found: { kind: 'read', value: { letters: found, heldByOthers } },
    })),
    live: Object.entries(live).map(([queue, waiting]) => ({
      queue,
      counts: { kind: 'read', value: { waiting, inFlight: 0 } },
    })),
  };
}

/** The sample's order, but for what differs. */
export function sampleOrder(differs: Partial<TransactionItem> = {}): Order {
  const row = {
    transactionId,
    merchantOrderId: transactionId.slice('txn_'.length),
    userId: 'u-1',
    userEmail: 'u@example.com',
    tier: 'pro',
    amount: 29_900,
    status: 'COMPLETED',
    redirectUrl: 'https://pay.example/1',
    createdAt: '2025-11-23T09:00:00.000Z',
    expiresAt: '2025-11-23T09:30:00.000Z',
    completedAt: paidAt,
    ...differs,
  };
  const read = readOrder(row, catalogue);
  if (read.kind === 'unreadable') throw new Error(read.reason);
  return read.order;
}

/** A dead letter of the sample's order; its body is that of `event`. */
export function sampleLetter(
  differs: Partial<Letter> = {},
  event: { detailType: string; detail: unknown } = sampleCompleted(sampleOrder(), paidAt),
): Letter {
  return {
    messageId: 'm-1',
    receiptHandle: 'r-1',
    body: buildRecord(event).body,
    sentAt: new Date(paidAt),
    event: { detailType: event.detailType, transactionId },
    failure: { kind: 'exhausted', reason: 'SES was down', attempts: 8 },
    replay: {},
    attributes: {},
    foreign: {},
    subscriber: 'notifications',
    obstacle: undefined,
    ...differs,
  };
}
