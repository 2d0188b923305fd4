import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { functions } from '@cloudnestle/topology/functions';
import { operationsFunctions } from '@cloudnestle/topology/functions/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScenes, type Scene, type SceneName, TOKEN_SECRET } from './testing/call-scenes.ts';
import { collectMetrics, createWorld } from './testing/metrics-world.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let scenes: Readonly<Record<SceneName, Scene>>;
let quiet: { stop(): void };

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, { tokenSecret: TOKEN_SECRET });
  gateway = await startTestGateway(cloud);
  scenes = createScenes(createWorld(cloud, gateway));
  quiet = collectMetrics();
});
afterAll(async () => {
  quiet.stop();
  await gateway.close();
  await cloud.stop();
});

/**
 * The AWS calls of one job of each function that has run before, and of the ten jobs of a full batch: reads (of one item, of
 * several, of an index), writes (of a new item, of a present one), events, mails.
 */
const wanted: Readonly<Record<SceneName, { alone: Calls; batch?: Calls }>> = {
  webhook: { alone: { get: 1, event: 1 } },
  tiers: { alone: { batchGet: 1, update: 1 }, batch: { batchGet: 1, update: 10 } },
  entitlements: { alone: { batchGet: 1, update: 2 }, batch: { batchGet: 1, update: 20 } },
  notifications: {
    alone: { get: 1, put: 1, update: 2, mail: 1 },
    batch: { batchGet: 1, put: 10, update: 20, mail: 10 },
  },
  reconciliation: { alone: { get: 1, update: 2 }, batch: { batchGet: 1, update: 20 } },
  // The books are looked at before the invoice and after it.
  invoices: {
    alone: { batchGet: 2, put: 2, update: 1, event: 1 },
    batch: { batchGet: 2, put: 20, update: 10, event: 1 },
  },
  'notifications, of an invoice': {
    alone: { get: 1, update: 2, mail: 1 },
    batch: { batchGet: 1, update: 20, mail: 10 },
  },
  'reconciliation, of a refund': { alone: { get: 2, update: 2, event: 1 } },
  refunds: { alone: { get: 3, update: 3 } },
  upgrade: { alone: { get: 1, put: 1, update: 2, event: 1 } },
  // It notes that the buyer came back.
  callback: { alone: { get: 1, update: 1, event: 1 } },
  paymentStatus: { alone: { get: 2, batchGet: 1 } },
  plans: { alone: {} },
  validateToken: { alone: { query: 1, batchGet: 1, update: 1 } },
  refund: { alone: { get: 3, put: 1, update: 2, event: 1 } },
  refundStatus: { alone: { get: 1 } },
  reconcile: { alone: { get: 1, event: 1 } },
  invoice: { alone: { batchGet: 1 } },
  // With nothing due: one query for each shard of an index.
  sweep: { alone: { query: 2 } },
  refundSweep: { alone: { query: 2 } },
  invoiceSweep: { alone: { query: 2 } },
};

const operations = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  event: 'events:PutEvents',
  mail: 'ses:SendEmail',
} as const;
type Calls = { readonly [Name in keyof typeof operations]?: number };

/** The calls of a function that is warm. */
async function countCalls(name: string, jobs: number): Promise<Calls> {
  const scene = new Map<string, Scene>(Object.entries(scenes)).get(name);
  if (!scene) throw new Error(`there is no scene ${name}`);
  await (await scene(1))();
  const run = await scene(jobs);
  cloud.cloud.calls.reset();
  await run();
  const counted = cloud.cloud.calls.snapshot();
  const known = Object.entries(operations).flatMap(([short, full]) =>
    counted[full] === undefined ? [] : [[short, counted[full]]],
  );
  expect(Object.keys(counted), 'calls of other kinds').toHaveLength(known.length);
  return Object.fromEntries(known);
}

it.each(Object.entries(wanted))('%s does a job with no call too many', async (name, { alone }) => {
  expect(await countCalls(name, 1)).toEqual(alone);
});

const batches = Object.entries(wanted).flatMap(([name, { batch }]) =>
  batch ? [{ name, batch }] : [],
);

it.each(batches)(
  '$name does the ten jobs of a batch with no call too many',
  async ({ name, batch }) => {
    expect(await countCalls(name, 10)).toEqual(batch);
  },
);

it('leaves no function out that works for payments', () => {
  const names = Object.keys(wanted).map((name) => name.split(',')[0]);
  const all = functions.filter((each) => !operationsFunctions.includes(each));
  expect(new Set(names)).toEqual(new Set(all.map(({ name }) => name)));
});

describe('what a settled payment costs', () => {
  const settling: SceneName[] = ['tiers', 'entitlements', 'notifications', 'reconciliation'];
  const sum = (calls: Calls = {}) => Object.values(calls).reduce((all, each) => all + each, 0);
  /** The receive and the delete of a batch are the event source's. */
  const perMessage = 2 / 10;
  const inBatches = (name: SceneName) => sum(wanted[name].batch) / 10 + perMessage;

  it('is 12.2 calls in full batches, 0.8 of them for its messages, and 15 beside those of messages where it comes alone', () => {
    const webhook = sum(wanted.webhook.alone);
    const full = settling.reduce((all, name) => all + inBatches(name), webhook);
    const alone = settling.reduce((all, name) => all + sum(wanted[name].alone), webhook);
    expect(full).toBeCloseTo(12.2);
    expect(alone).toBe(15);
  });

  it('is 3.5 calls more for its invoice in full batches, and 3.3 for the mail that brings it', () => {
    expect(inBatches('invoices')).toBeCloseTo(3.5);
    expect(inBatches('notifications, of an invoice')).toBeCloseTo(3.3);
  });
});
