import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { holdOnOrder, removeHold } from '@cloudnestle/operations/refunds/order-money';
import { createListRefundsOf } from '@cloudnestle/operations/refunds/refunds-of-order';
import { type FactForAttention, raiseAttention } from '@cloudnestle/payments/attention/attention';
import type { Order } from '@cloudnestle/payments/order';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import {
  buildContext,
  buildRecord,
  invokeHttp,
  invokeQueue,
  invokeSchedule,
} from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import { TEST_CLIENT_ID, testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { payAtGateway, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { defaultIndexNames, indexShardCount } from '@cloudnestle/topology/tables';
import { buildHandler as buildLook } from '../look/composition.ts';
import { buildHandler as buildRequest } from '../request/composition.ts';
import { buildHandler as buildSubscriber } from '../subscriber/composition.ts';
import { buildHandler as buildSweep } from '../sweep/composition.ts';

type Item = Record<string, unknown>;

/** An operator's id token, as the authorizer renders its claims. */
export const operatorClaims = {
  token_use: 'id',
  aud: TEST_CLIENT_ID,
  sub: 'operator-1',
  'cognito:groups': '[repair]',
};

/** A day after the sample orders were paid. */
export const START = new Date('2025-11-24T09:00:00.000Z');

let buyers = 0;
let keys = 0;

/** The refunds' functions as they are deployed, on a test cloud and a sandbox, with a clock that is moved by hand. */
export function createSubject(
  cloud: TestCloud,
  gateway: RunningSandbox,
  changes: Record<string, string> = {},
) {
  buyers += 1;
  const userId = `refunded-${buyers}`;
  const platform = createFakePlatform({ now: START });
  const environmentOf = (name: 'refund' | 'refundStatus' | 'refunds' | 'refundSweep') => ({
    ...testEnvironment(cloud, name, { gatewayUrl: gateway.apiUrl }),
    ...changes,
  });
  const subscriber = buildSubscriber(environmentOf('refunds'), platform);
  const request = buildRequest(environmentOf('refund'), platform);
  const look = buildLook(environmentOf('refundStatus'), platform);
  const sweep = buildSweep(environmentOf('refundSweep'), platform);
  const row = (transactionId: string) => cloud.get('transactions', { transactionId });
  const refund = (refundId: string) => cloud.get('refunds', { refundId });
  return {
    userId,
    platform,
    subscriber,
    row,
    refund,
    /** All refunds of an order, by the index. */
    refundsOf: createListRefundsOf(
      {
        dynamo: cloud.dynamo,
        table: cloud.topology.tables.refunds.name,
        index: defaultIndexNames.refundsByOrder,
      },
      (refundId) => {
        throw new Error(`refund ${refundId} cannot be read`);
      },
    ),
    /** An order of that buyer, paid here and at the gateway unless told not to; `attention`: what an operator is needed for. */
    addOrder: async (
      overrides: Partial<TransactionItem> = {},
      at: { gateway?: boolean; attention?: FactForAttention } = {},
    ): Promise<Order> => {
      const paid = { status: 'COMPLETED', completedAt: '2025-11-23T10:00:00.000Z' } as const;
      const item = sampleRow({ userId, ...paid, ...overrides });
      const attention =
        at.attention && raiseAttention({}, at.attention, { shardCount: indexShardCount });
      await cloud.put('transactions', { ...item, ...attention });
      const order = sampleOrder(item);
      if (at.gateway ?? true) await payAtGateway(gateway, order);
      return order;
    },
    /** Asks for a refund, as an operator unless `claims` say who else; each call has a key of its own unless it names one. */
    ask: (
      { row: { transactionId } }: Order,
      body: Item = {},
      claims: Record<string, string> | null = operatorClaims,
    ) => {
      keys += 1;
      const idempotencyKey = `key-of-test-${keys}`;
      return invokeHttp(request, {
        path: '/payments/refunds',
        body: { transactionId, reason: 'BUYER_REQUEST', idempotencyKey, ...body },
        ...(claims ? { claims } : {}),
      });
    },
    look: (refundId: string, claims: Record<string, string> | null = operatorClaims) =>
      invokeHttp(look, {
        method: 'GET',
        path: '/payments/refunds/{refundId}',
        pathParameters: { refundId },
        ...(claims ? { claims } : {}),
      }),
    deliver: (...events: { detailType: string; detail: unknown }[]) =>
      invokeQueue(
        subscriber,
        events.map((event) => buildRecord(event)),
      ),
    /** One event at its nth delivery. */
    deliverAgain: (attempt: number, event: { detailType: string; detail: unknown }) =>
      invokeQueue(subscriber, [buildRecord(event, { attempt })]),
    /** One run of the sweep, so many seconds after the start. */
    sweepAt: async (seconds: number) => {
      platform.setNow(new Date(START.getTime() + seconds * 1000));
      await invokeSchedule(sweep, buildContext({ timeoutMs: 50_000 }));
    },
    /** What the order's row becomes by the books, whose service is another: the refund kept, its hold gone. */
    keepOnRow: (transactionId: string, refundId: string, amountInPaisa?: number) =>
      mergeItem(
        { dynamo: cloud.dynamo, table: cloud.topology.tables.transactions.name },
        { transactionId },
        (item) => ({
          set:
            amountInPaisa === undefined
              ? {}
              : { refunds: { ...Object(item.refunds), [refundId]: amountInPaisa } },
          remove: removeHold(item, refundId).gone,
          basedOn: [],
        }),
      ),
    /** An amount set aside past the reservation. */
    holdOnRow: (transactionId: string, refundId: string, amountInPaisa: number) =>
      holdOnOrder(
        {
          mergeTransaction: (id, merge) =>
            mergeItem(
              { dynamo: cloud.dynamo, table: cloud.topology.tables.transactions.name },
              { transactionId: id },
              merge,
            ),
        },
        transactionId,
        { refundId, amountInPaisa },
        START,
      ),
    /** Detail types and data of what the books hear, once there are `count` of them. */
    heard: async (count: number) => {
      const events: { detailType: string; eventId: string; data: Item }[] = [];
      await waitFor(`${count} event(s) on the bus`, async () => {
        for (const { Body = '' } of await cloud.receive('reconciliation', 'queue')) {
          const { 'detail-type': detailType, detail } = JSON.parse(Body) as {
            'detail-type': string;
            detail: { metadata: { eventId: string }; data: Item };
          };
          events.push({ detailType, eventId: detail.metadata.eventId, data: detail.data });
        }
        return events.length >= count;
      });
      return events;
    },
  };
}
export type Subject = ReturnType<typeof createSubject>;

/** The reasons in the subscriber's dead-letter queue. */
export async function deadLetterReasons(cloud: TestCloud): Promise<(string | undefined)[]> {
  const letters = await cloud.receive('refunds', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue);
}

/** The id of the refund that an answer is about. */
export function idIn({ body }: { body: Item }): string {
  const { refund, refundId } = body;
  const id = refundId ?? Object(refund).refundId;
  if (typeof id !== 'string') throw new Error(`no refund in ${JSON.stringify(body)}`);
  return id;
}

/** A test with a subject of its own on the cloud and the gateway of its file. */
export const it = gatewayTest.extend('subject', ({ cloud, gateway }) =>
  createSubject(cloud, gateway),
);
