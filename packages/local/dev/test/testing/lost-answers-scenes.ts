import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { Environment } from '@cloudnestle/runtime/config';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import {
  buildContext,
  buildRecord,
  invokeHttp,
  invokeQueue,
  invokeSchedule,
  type TestRequest,
} from '@cloudnestle/runtime/testing/invoke';
import type { RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { handlerBuilders } from '../../src/build-handlers.ts';
import {
  abandoned,
  asksAdmin,
  COMPLETED,
  click,
  clickAfterDeath,
  clickRefused,
  comesBack,
  duplicateInBooks,
  failed,
  gatewaySays,
  type MakeEvent,
  opened,
  PAID_AT,
  paid,
  paidAgain,
  paidByTwoAttempts,
  paidInBooks,
  paidWithRecord,
  refunded,
  refundedElsewhere,
  refundInBooks,
  requested,
  searches,
  wishes,
} from './lost-answers-events.ts';
import { type Buyer, START } from './lost-answers-world.ts';

/** One function with one thing to do, that is done again until it is done. */
export interface Scene {
  name: string;
  startsAt: Date;
  /** Brings about what the function finds, and answers how it is called: true once it need not be called again. */
  prepare(buyer: Buyer, gateway: RunningSandbox): Promise<(attempt: number) => Promise<boolean>>;
  /** How often it is called at least; more than once where it comes back by itself. */
  calls: number;
  /** What a lost answer may change by the function's own rules: the state without it, and what may be counted instead. */
  allow?: {
    state(state: unknown): unknown;
    instead?: Partial<Record<MetricName, MetricName>>;
  };
}

/** Where its answer is lost, a search may have been counted although it is refused. */
const maySearchTwice = {
  state: (state: unknown) =>
    JSON.parse(JSON.stringify(state).replace('"dailyUsage":2', '"dailyUsage":1')),
};

/** A claim that has outlived its function is a mail of which nothing is known, and which no machine sends (rule 8). */
const mayBeUnknown = {
  state: (state: unknown) => {
    const text = JSON.stringify(state, (name, value) => (name === 'mails' ? undefined : value));
    return JSON.parse(text);
  },
  instead: { EmailSent: 'EmailUnknown', EmailFailed: 'EmailUnknown' },
} as const;

const expired = {
  status: 'FAILED',
  failureReason: 'EXPIRED',
  expiresAt: '2025-11-23T08:00:00.000Z',
} as const;
const paidLongAgo = {
  status: 'COMPLETED',
  completedAt: '2025-11-10T09:10:00.000Z',
  effectsRepublished: 1,
} as const;

/** Every conditional write there is, by the function that does it. A new handler is one more line. */
export const scenes: readonly Scene[] = [
  subscriber('tiers', 'a payment', paid),
  subscriber('entitlements', 'a payment of a buyer with a record', paidWithRecord),
  subscriber('entitlements', 'a payment of a buyer without any record', paid),
  { ...subscriber('notifications', 'a page that was opened', opened), allow: mayBeUnknown },
  { ...subscriber('notifications', 'a payment', paid), allow: mayBeUnknown },
  { ...subscriber('notifications', 'a refused payment', failed), allow: mayBeUnknown },
  subscriber('notifications', 'a mail that is not sent', abandoned),
  subscriber('reconciliation', 'a payment', paid),
  subscriber('reconciliation', 'a second payment', paidAgain),
  subscriber('reconciliation', 'a payment by two attempts', paidByTwoAttempts),
  subscriber('reconciliation', 'a refused payment', failed),
  subscriber('reconciliation', 'a checkout that ran out', abandoned),
  subscriber('reconciliation', 'an answer that does not fit', gatewaySays({ kind: 'mismatch' })),
  subscriber('reconciliation', 'a dispute', gatewaySays({ kind: 'dispute', disputeId: 'D-1' })),
  subscriber('reconciliation', 'a refund of all', refunded(29_900)),
  subscriber('reconciliation', 'a refund of a part', refunded(10_000)),
  subscriber('refunds', 'a refund of the dashboard', refundedElsewhere(29_900)),
  // What died on its way to the gateway is sent again once its status has twice not known it.
  { ...subscriber('refunds', 'a refund that was asked for', requested), calls: 4 },
  { ...http('refund', 'a wish to pay back', wishes), calls: 2 },
  refundSweep('a refund that was never sent'),
  refundSweep('a refund that the gateway refuses', { isRefused: true }),
  subscriber('invoices', 'a payment', paidInBooks),
  subscriber('invoices', 'a refund', refundInBooks),
  subscriber('invoices', 'a payment of a duplicate', duplicateInBooks),
  documentSweep('a document that a dead letter left behind'),
  sweep('an order without an outcome', { expiresAt: '2025-11-20T09:00:00.000Z' }),
  sweep('an order that cannot be read', { amount: 'a lot' }),
  sweep('an outcome that does not arrive', { outcomesPublished: 5 }, 'COMPLETED'),
  sweep('a failed order that is confirmed', expired, 'EXPIRED'),
  sweep('a payment without effect', paidLongAgo, 'COMPLETED'),
  http('upgrade', 'a first click', click),
  http('upgrade', 'a click after a page that the buyer never got', clickAfterDeath),
  http('upgrade', 'a click that the gateway refuses', clickRefused),
  { ...http('callback', 'a browser that comes back', comesBack), calls: 2 },
  http('reconcile', 'an order that needed an operator', asksAdmin),
  { ...http('validateToken', 'a search', searches), allow: maySearchTwice },
];

/** Setting a page takes longer than all else, and no page is looked at here. */
const withoutPages = {
  render: async ({ number }: { number: string }) => ({
    bytes: Buffer.from(number),
    sha256: number,
  }),
};

type QueueBuilder = (environment: Environment, platform: Platform, options: object) => QueueHandler;

function subscriber(name: SubscriberName, what: string, story: MakeEvent): Scene {
  return {
    name: `${name}: ${what}`,
    startsAt: START,
    calls: 1,
    prepare: async (buyer, gateway) => {
      const build: QueueBuilder = handlerBuilders[name];
      const handler = build(buyer.environment(name), buyer.platform, withoutPages);
      const event = await story(buyer, gateway);
      return async (attempt) => {
        const answer = await invokeQueue(handler, [buildRecord(event, { attempt })]);
        return answer.batchItemFailures.length === 0;
      };
    },
  };
}

function sweep(
  what: string,
  changes: Record<string, unknown>,
  outcome?: 'COMPLETED' | 'EXPIRED',
): Scene {
  return {
    name: `sweep: ${what}`,
    startsAt: START,
    // What one run has done, the next one counts; a run that was cut takes one more.
    calls: 3,
    prepare: async (buyer, gateway) => {
      const due = { nextCheckAt: '2025-11-23T09:11:00.000Z' };
      const order = await buyer.order({ ...due, ...changes }, { gateway: true });
      const { merchantOrderId } = order.row;
      const at = new Date(PAID_AT);
      if (outcome) gateway.sandbox.finish(merchantOrderId, { outcome, at, webhook: 'lose' });
      const handler = handlerBuilders.sweep(buyer.environment('sweep'), buyer.platform);
      return async () => {
        await invokeSchedule(handler, buildContext({ timeoutMs: 50_000 }));
        return true;
      };
    },
  };
}

/** Half-made by a delivery whose order the books did not have yet; by now they do. */
function documentSweep(what: string): Scene {
  return {
    name: `invoiceSweep: ${what}`,
    startsAt: START,
    calls: 2,
    prepare: async (buyer) => {
      const order = await buyer.order(COMPLETED);
      const event = sampleCompleted(order, PAID_AT);
      const deliver = handlerBuilders.invoices(
        buyer.environment('invoices'),
        buyer.platform,
        withoutPages,
      );
      await invokeQueue(deliver, [buildRecord(event)]);
      await buyer.notePayment(order);
      const later = new Date(buyer.platform.now().getTime() + 3_600_000);
      buyer.platform.setNow(later);
      const handler = handlerBuilders.invoiceSweep(
        buyer.environment('invoiceSweep'),
        buyer.platform,
        withoutPages,
      );
      return async () => {
        // A run that dies is followed by the next one.
        return invokeSchedule(handler, buildContext({ timeoutMs: 50_000 })).then(
          () => true,
          () => false,
        );
      };
    },
  };
}

function http(
  name: 'upgrade' | 'callback' | 'reconcile' | 'validateToken' | 'refund',
  what: string,
  story: (buyer: Buyer, gateway: RunningSandbox) => Promise<TestRequest>,
): Scene {
  return {
    name: `${name}: ${what}`,
    startsAt: START,
    calls: 1,
    prepare: async (buyer, gateway) => {
      const handler = handlerBuilders[name](buyer.environment(name), buyer.platform);
      const request = await story(buyer, gateway);
      return async () => isFinal(await invokeHttp(handler, request));
    },
  };
}

/** 502: the gateway has said no, which another call does not change. */
function isFinal({ statusCode }: { statusCode: number }): boolean {
  return statusCode < 500 || statusCode === 502;
}

/** A refund that is set aside on a paid order, and whose event was lost. */
function refundSweep(what: string, { isRefused = false } = {}): Scene {
  return {
    name: `refundSweep: ${what}`,
    startsAt: START,
    // It is sent, asked about twice, and its end is told until the row shows it.
    calls: 6,
    prepare: async (buyer, gateway) => {
      const request = await wishes(buyer, gateway);
      await invokeHttp(
        handlerBuilders.refund(buyer.environment('refund'), buyer.platform),
        request,
      );
      buyer.platform.setNow(new Date(START.getTime() + 61_000));
      if (isRefused) {
        gateway.sandbox.faults.set([
          { operation: 'refund', kind: 'status', status: 400, count: null },
        ]);
      }
      const sweep = handlerBuilders.refundSweep(buyer.environment('refundSweep'), buyer.platform);
      return async () => {
        // One that dies half-way ends with an error; the next run takes up what it left.
        await invokeSchedule(sweep, buildContext({ timeoutMs: 50_000 })).catch(() => undefined);
        return true;
      };
    },
  };
}
