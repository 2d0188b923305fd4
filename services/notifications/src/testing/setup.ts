import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { toMailEvent } from '@cloudnestle/operations/mails/testing/to-mail-event';
import type { DocumentEvent } from '@cloudnestle/payments/invoices/build-document-events';
import type { Order } from '@cloudnestle/payments/order';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../composition.ts';

/** The function's timeout in the topology: a claim this old has no living claimant. */
export const FUNCTION_TIMEOUT_MS = 15_000;

/** Five minutes after the sample orders were made: they can still be paid. */
const START = new Date('2025-11-23T09:05:00.000Z');
const OUTCOME_AT = '2025-11-23T09:04:00.000Z';

type AnyMailEvent = Parameters<typeof toMailEvent>[0] | DocumentEvent;

/** The subscriber on a local cloud; each scene has its own handler, clock, counts and buyer. */
export async function startNotifications() {
  const test = await startTestCloud();
  let buyers = 0;
  return {
    ...test,
    newScene: () => {
      test.cloud.intercept(undefined);
      buyers += 1;
      return buildScene(test, `buyer-${buyers}`);
    },
  };
}

function buildScene(test: Awaited<ReturnType<typeof startTestCloud>>, userId: string) {
  const platform = createFakePlatform({ now: START });
  const environment = testEnvironment(test, 'notifications');
  const newHandler = ({ retryScale = 0, sesTimeoutMs = 5000 } = {}) =>
    buildHandler({ ...environment, RETRY_SCALE: String(retryScale) }, platform, { sesTimeoutMs });
  const handler = newHandler();
  const deliverTo = async (to: QueueHandler, ...events: AnyMailEvent[]): Promise<number> => {
    const records = events.map((event) => buildRecord(event));
    return (await invokeQueue(to, records)).batchItemFailures.length;
  };
  return {
    platform,
    userId,
    newHandler,
    /** Another order of the scene's buyer, its row written. */
    order: async (overrides: Partial<TransactionItem> = {}): Promise<Order> => {
      const row = sampleRow({ userId, ...overrides });
      await test.put('transactions', row);
      return sampleOrder(row);
    },
    /** One batch, a record per event; answers how many must come again. */
    deliver: (...events: AnyMailEvent[]) => deliverTo(handler, ...events),
    deliverTo,
    advance: (ms: number) => platform.setNow(new Date(platform.now().getTime() + ms)),
    /** What came of each record, in order. */
    outcomes: () => platform.summaries().map((line) => line.outcome),
    subjects: async (order: Order) =>
      (await test.cloud.inbox.emails())
        .filter((mail) => mail.body.text?.includes(order.row.merchantOrderId))
        .map((mail) => mail.subject),
    notes: (order: Order) =>
      test.get('notifications', { notificationKey: `order#${order.row.transactionId}` }),
    writeNotes: (order: Order, notes: Record<string, unknown>) =>
      test.put('notifications', {
        notificationKey: `order#${order.row.transactionId}`,
        ...notes,
      }),
    welcomeClaim: () => test.get('notifications', { notificationKey: `welcome#${userId}#pro` }),
  };
}

export const initiated = (order: Order) => sampleInitiated(order);
export const completed = (order: Order) => sampleCompleted(order, OUTCOME_AT);
export const failed = (order: Order) => sampleFailed(order, 'DECLINED', OUTCOME_AT);

export const kinds = [
  ['initiated', initiated, 'Payment Initiated - AWS Solution Finder Pro'],
  ['welcome', completed, '🎉 Welcome to AWS Solution Finder Pro!'],
  ['failed', failed, 'Payment Failed - AWS Solution Finder Pro'],
] as const;
