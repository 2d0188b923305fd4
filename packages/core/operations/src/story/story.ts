import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { MailKind, NotificationItem } from '@cloudnestle/contracts/items/notification';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import type { AccessItems, Holdings, User } from '@cloudnestle/payments/access';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Order } from '@cloudnestle/payments/order';
import { isAwsFailure } from '@cloudnestle/runtime/aws-errors';
import { describeError, PermanentError } from '@cloudnestle/runtime/errors';
import type { BuyersOrders } from '../find-order.ts';
import type { Letter } from '../letters/letter.ts';
import type { MessageCounts } from '../letters/stage-queues.ts';
import type { PublishedMailEvent } from '../mails/resend.ts';
import { describeReconciled } from '../reconcile/describe-reconciled.ts';

/** All that is known of one order at one moment; a part that could not be read says so. */
export interface OrderStory {
  stage: string;
  lookedAt: Date;
  order: Order;
  /** The gateway's own answer. */
  judgement: Judgement;
  user: Part<User | undefined>;
  records: Part<AccessItems['records']>;
  /** Where what was paid for is held; only of an order that is paid here, and where user and records could be read. */
  holdings: Holdings | undefined;
  /** The oldest first: asked for, refused, under way and over. */
  refunds: Part<RefundItem[]>;
  discrepancies: readonly Discrepancy[];
  mails: Part<NotificationItem | undefined>;
  /** What would be published for each mail to be sent, as far as row and gateway say it. */
  mailEvents: Partial<Record<MailKind, PublishedMailEvent>>;
  queues: Queues;
  /** Those of the same buyer, without this one. */
  others: Part<BuyersOrders>;
  /** When anything about the order was published last, as far as this is known. */
  newsAt: Date | undefined;
}

/** What waits or has failed, in every queue. */
export interface Queues {
  dead: { queue: string; found: Part<DeadLetters> }[];
  /** Live queues are counted and never received from: that would spend delivery attempts. */
  live: { queue: string; counts: Part<MessageCounts> }[];
}

/** Dead letters of one order in one queue. */
export interface DeadLetters {
  letters: Letter[];
  /** Letters that another command seems to have held meanwhile: they may be of this order. */
  heldByOthers: number;
}

/** One part of a story, or why it could not be read. */
export type Part<Value> = { kind: 'read'; value: Value } | { kind: 'unread'; why: string };

/** Reads a part; what AWS refuses, or what is stored and does not fit, is said in its place. Bugs are thrown. */
export async function readPart<Value>(read: () => Promise<Value>): Promise<Part<Value>> {
  try {
    return { kind: 'read', value: await read() };
  } catch (error) {
    const isExplained = error instanceof PermanentError || isAwsFailure(error);
    if (!isExplained) throw error;
    return { kind: 'unread', why: describeError(error) };
  }
}

/** What was read, or undefined. */
export function contentOf<Value>(part: Part<Value>): Value | undefined {
  return part.kind === 'read' ? part.value : undefined;
}

/** The gateway's answer as the contract has it; undefined where it gave none. */
export function readGateway({ order, judgement, holdings, discrepancies }: OrderStory) {
  if (judgement.kind === 'gatewayUnavailable') return undefined;
  return describeReconciled({
    kind: 'reconciled',
    order,
    judgement,
    holdings,
    discrepancies: [...discrepancies],
    published: undefined,
    review: 'NONE',
    ended: [],
  }).gateway;
}
