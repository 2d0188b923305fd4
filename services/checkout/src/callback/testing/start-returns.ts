import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { createFakePlatform, type FakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp, type TestRequest } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import * as z from 'zod';
import { buildHandler } from '../composition.ts';

type Outcome = Parameters<RunningSandbox['sandbox']['finish']>[1]['outcome'];
type Answer = ReturnType<typeof invokeHttp>;

/** One function instance: a composed handler and its platform. */
export interface Instance {
  platform: FakePlatform;
  /** Any request. */
  call(request: TestRequest): Answer;
  /** What the return page does: `POST {transactionId}` as JSON. */
  announce(row: TransactionItem): Answer;
  /** What a person does who is sent to the address of an order. */
  visit(query: Record<string, string>): Answer;
}

/** The browser return's world: a provisioned cloud, the gateway's sandbox, orders whose webhook was lost. */
export interface Returns {
  cloud: TestCloud;
  gateway: RunningSandbox;
  open(options?: { gatewayUrl?: string; now?: Date }): Instance;
  /** An order in our table and at the gateway, where it ended or is still open. */
  place(
    changes?: Partial<TransactionItem>,
    at?: { outcome?: Outcome; amountInPaisa?: number; gateway?: RunningSandbox },
  ): Promise<TransactionItem>;
  rowOf(row: TransactionItem): Promise<Record<string, unknown> | undefined>;
  /** Waits for an event about the order in the books' queue, which hears every outcome. */
  findEvent(row: TransactionItem): Promise<z.infer<typeof envelopeSchema>>;
  /** Events put on the bus since the last reset. */
  countPublished(): number;
  /** No faults, and calls counted from here. */
  reset(): void;
  stop(): Promise<void>;
}

const envelopeSchema = z.object({
  'detail-type': z.string(),
  detail: z.object({
    metadata: z.looseObject({}),
    data: z.looseObject({ merchantOrderId: z.string() }),
  }),
});

export async function startReturns(
  options: Parameters<typeof startTestCloud>[0] = {},
): Promise<Returns> {
  const cloud = await startTestCloud(options);
  const gateway = await startTestGateway(cloud);
  const received: z.infer<typeof envelopeSchema>[] = [];
  return {
    cloud,
    gateway,
    open: ({ gatewayUrl = gateway.apiUrl, now } = {}) => {
      const platform = createFakePlatform(now ? { now } : {});
      const handler = buildHandler(testEnvironment(cloud, 'callback', { gatewayUrl }), platform);
      const call = (request: TestRequest) =>
        invokeHttp(handler, { path: '/payments/callback', ...request });
      return {
        platform,
        call,
        announce: ({ transactionId }) => call({ body: { transactionId } }),
        visit: (query) => call({ method: 'GET', headers: browserHeaders, query }),
      };
    },
    place: async (changes = {}, { outcome, amountInPaisa, gateway: at = gateway } = {}) => {
      const row = sampleRow(changes);
      await cloud.put('transactions', row);
      await placeOrder(at, row, amountInPaisa === undefined ? {} : { amountInPaisa });
      if (outcome) at.sandbox.finish(row.merchantOrderId, { outcome, webhook: 'lose' });
      return row;
    },
    rowOf: ({ transactionId }) => cloud.get('transactions', { transactionId }),
    findEvent: ({ merchantOrderId }) =>
      waitFor(`an event about ${merchantOrderId}`, async () => {
        const messages = await cloud.receive('reconciliation', 'queue');
        received.push(...messages.map(({ Body = '' }) => envelopeSchema.parse(JSON.parse(Body))));
        return received.find(({ detail }) => detail.data.merchantOrderId === merchantOrderId);
      }),
    countPublished: () => cloud.cloud.calls.count('events', 'PutEvents'),
    reset: () => {
      cloud.cloud.intercept(undefined);
      cloud.cloud.calls.reset();
      gateway.sandbox.faults.clear();
    },
    stop: async () => {
      await gateway.close();
      await cloud.stop();
    },
  };
}

/** As a browser sends them when a person is sent to an address. */
export const browserHeaders = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'content-type': '',
};
