import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { MailKind, NotificationItem } from '@cloudnestle/contracts/items/notification';
import type { PublishedMailEvent } from '@cloudnestle/notifications/operator-resend';
import type { AccessItems, Holdings, User } from '@cloudnestle/payments/access/holdings';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Order } from '@cloudnestle/payments/order';
import type { BuyersOrders } from '../find/list-orders.ts';
import type { Part } from './part.ts';
import type { Queues } from './read-queues.ts';

/** All that is known of one order at one moment; a part that could not be read says so. */
export interface Story {
  stage: string;
  lookedAt: Date;
  order: Order;
  /** The gateway's own answer. */
  judgement: Judgement;
  user: Part<User | undefined>;
  records: Part<AccessItems['records']>;
  /** Where what was paid for is held; only of an order that is paid here, and where user and records could be read. */
  holdings: Holdings | undefined;
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
