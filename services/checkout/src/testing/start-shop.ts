import { randomUUID } from 'node:crypto';
import { createFakePlatform, type FakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import {
  type RunningSandbox,
  startTestGateway,
  writeGatewaySecret,
} from '@cloudnestle/test-kit/gateway';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { buildHandler } from '../upgrade/composition.ts';

export interface TestUser {
  userId: string;
  userEmail: string;
}

export type Answer = Awaited<ReturnType<typeof invokeHttp>>;

/** One function instance: a composed handler and its platform. */
export interface Instance {
  platform: FakePlatform;
  click(user: TestUser, more?: Record<string, unknown>): Promise<Answer>;
  post(body: unknown): Promise<Answer>;
}

/** The upgrade call's world: a provisioned cloud, the gateway's sandbox, users. */
export interface Shop {
  cloud: TestCloud;
  gateway: RunningSandbox;
  addUser(attributes?: Record<string, unknown>): Promise<TestUser>;
  open(options?: {
    functionTimeoutMs?: number;
    gatewayUrl?: string;
    now?: Date;
    plansOnSale?: readonly string[];
  }): Instance;
  slotOf(user: TestUser): Promise<Record<string, unknown> | undefined>;
  rowOf(transactionId: unknown): Promise<Record<string, unknown> | undefined>;
  /** Waits for the PaymentInitiated of an order in the mails' queue; each call finds another one. */
  findInitiated(transactionId: unknown): Promise<Record<string, unknown>>;
  /** The same of any kind of event. */
  findEvent(transactionId: unknown, detailType: string): Promise<Record<string, unknown>>;
  /** The user's orders at the gateway. */
  gatewayOrdersOf(user: TestUser): { merchantOrderId: string; checkoutUrl: string }[];
  /** Half an hour passes for the user's open pages, here and at the gateway. */
  expirePages(user: TestUser): Promise<void>;
  /** The gateway's secret as it should be, with changes. */
  writeSecret(changes?: Record<string, unknown>): Promise<void>;
  /** Everything that any instance has logged. */
  printed(): string;
  stop(): Promise<void>;
}

export async function startShop(): Promise<Shop> {
  const cloud = await startTestCloud();
  const gateway = await startTestGateway(cloud);
  const gatewayOrdersOf = ({ userId }: TestUser) =>
    gateway.sandbox.orders
      .list()
      .filter((order) => order.merchantOrderId.startsWith(`MP-${userId}-`));
  const platforms: FakePlatform[] = [];
  const received: Record<string, unknown>[] = [];
  const findEvent: Shop['findEvent'] = (transactionId, detailType) =>
    waitFor(`${detailType} of ${transactionId}`, async () => {
      const messages = await cloud.receive('notifications', 'queue');
      received.push(...messages.map(({ Body = '{}' }) => JSON.parse(Body)));
      const index = received.findIndex(
        (event) =>
          event['detail-type'] === detailType &&
          JSON.stringify(event).includes(`"transactionId":"${transactionId}"`),
      );
      return index < 0 ? undefined : received.splice(index, 1)[0];
    });
  return {
    cloud,
    gateway,
    addUser: async (attributes = {}) => {
      const userId = `u-${randomUUID()}`;
      const email = `${userId}@buyers.example`;
      await cloud.put('users', { userId, email, subscriptionTier: 'registered', ...attributes });
      return { userId, userEmail: email };
    },
    open: ({ functionTimeoutMs, gatewayUrl = gateway.apiUrl, now, plansOnSale } = {}) => {
      const platform = createFakePlatform(now ? { now } : {});
      platforms.push(platform);
      const handler = buildHandler(
        {
          ...testEnvironment(cloud, 'upgrade', {
            gatewayUrl,
            ...(plansOnSale ? { plansOnSale } : {}),
          }),
          ...(functionTimeoutMs ? { FUNCTION_TIMEOUT_MS: String(functionTimeoutMs) } : {}),
        },
        platform,
      );
      const post = (body: unknown) =>
        invokeHttp(handler, { path: '/payments/upgrade-to-pro', body });
      return {
        platform,
        post,
        click: ({ userId, userEmail }, more) => post({ userId, userEmail, tier: 'pro', ...more }),
      };
    },
    slotOf: ({ userId }) => cloud.get('checkouts', { checkoutKey: `${userId}#pro` }),
    rowOf: (transactionId) => cloud.get('transactions', { transactionId: String(transactionId) }),
    findInitiated: (transactionId) => findEvent(transactionId, 'PaymentInitiated'),
    findEvent,
    gatewayOrdersOf,
    expirePages: async (user) => {
      for (const { merchantOrderId } of gatewayOrdersOf(user)) {
        gateway.sandbox.finish(merchantOrderId, { outcome: 'EXPIRED', webhook: 'lose' });
        const row = await cloud.get('transactions', { transactionId: `txn_${merchantOrderId}` });
        await cloud.put('transactions', { ...row, expiresAt: '2025-11-23T09:30:00.000Z' });
      }
    },
    writeSecret: (changes) => writeGatewaySecret(cloud, changes),
    printed: () => platforms.map(({ lines }) => JSON.stringify(lines)).join('\n'),
    stop: async () => {
      await gateway.close();
      await cloud.stop();
    },
  };
}
