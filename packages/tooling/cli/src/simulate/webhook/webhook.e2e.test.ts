import { once } from 'node:events';
import { createServer } from 'node:net';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, type Order, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { sampleEvents } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import { environmentSecret, secrets } from '@cloudnestle/topology/secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEnvironment } from '../../environment/read-environment.ts';
import { runPayments } from '../../testing/run-payments.ts';
import { call, describeAnswer } from '../call-stage.ts';
import { variants } from './options.ts';
import { prepareWebhook } from './prepare-webhook.ts';

let run: LocalRun;
let marketplace: TestMarketplace;
let stage: EnvironmentSecret;

beforeAll(async () => {
  run = await startTestRun({
    demoData: false,
    retryScale: 0,
  });
  marketplace = createTestMarketplace(run);
  stage = await readEnvironment();
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

const simulate = (...args: string[]) => runPayments(run, ['simulate', 'webhook', ...args]);
const published = () => run.cloud?.calls.count('events', 'PutEvents');
const received = () => run.timeline.summaries().filter(({ unit }) => unit === 'webhook').length;
const unknownOrder = 'MP-unknown-1732356000-abc123';

/** An order that has ended at the gateway, and the stage was not told. */
async function endUnheard(outcome = 'COMPLETED'): Promise<{ buyer: Buyer; order: Order }> {
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome, mode: 'UPI', webhook: 'lose' });
  return { buyer, order };
}

describe('every event in both variants is answered as the design says', () => {
  const answerOf = (event: string) => {
    if (/^(checkout|pg)\.order\.(completed|failed)$/.test(event)) return '200 published';
    return /^(pg\.refund|payment\.dispute)\./.test(event) ? '200 recorded' : '200 ignored';
  };
  const cases = sampleEvents.flatMap((event) =>
    variants.map((variant) => ({ event, variant, answer: answerOf(event) })),
  );

  let shared: Order;
  beforeAll(async () => {
    // What the webhook publishes is counted, and invoices are told of on the same bus.
    await run.pollers.invoices.pause();
    shared = (await endUnheard()).order;
    // What it hears of refunds it publishes itself: counted is what the webhook does.
    await run.pollers.refunds.pause();
  });
  afterAll(() => run.pollers.refunds.resume());
  afterAll(() => run.pollers.invoices.resume());

  it.each(cases)('$event, $variant: $answer', async ({ event, variant, answer }) => {
    const isNews = answer === '200 published';
    const outcome = event.endsWith('.failed') ? 'FAILED' : 'COMPLETED';
    const order = isNews ? (await endUnheard(outcome)).order : shared;
    const before = published() ?? 0;
    const options = { order: order.merchantOrderId, variant, sign: 'sha256' } as const;
    const { url, webhook } = await prepareWebhook(event, options, stage);
    expect(describeAnswer(await call(url, { method: 'POST', ...webhook }))).toBe(answer);
    expect((published() ?? 0) - before).toBe(answer === '200 ignored' ? 0 : 1);
  });
});

it('makes a buyer Pro whose order is paid, by either of its ids', async () => {
  for (const name of ['transactionId', 'merchantOrderId'] as const) {
    const { buyer, order } = await endUnheard();
    const sent = await simulate('checkout.order.completed', '--order', order[name]);
    expect(sent.exitCode, sent.stderr).toBe(0);
    expect(sent.stdout).toMatch(/^200 published {2}\(\d+ ms\)\n\{/);
    await run.idle();
    expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  }
});

it('says who sends what to where, and never what it is signed with', async () => {
  const { order } = await endUnheard();
  const { stdout, stderr } = await simulate(
    ...['checkout.order.completed', '--order', order.transactionId, '--json'],
  );
  expect(stderr).toContain('stage local  caller root');
  expect(stderr).toContain(`Send checkout.order.completed about ${order.merchantOrderId} to`);
  expect(stderr).toContain('"action":"simulate webhook"');
  expect(JSON.parse(stdout)).toMatchObject({
    event: 'checkout.order.completed',
    merchantOrderId: order.merchantOrderId,
    answers: [{ status: 200, body: { success: true, result: 'published' } }],
  });
  const { webhook } = await prepareWebhook(
    'checkout.order.completed',
    { variant: 'current', sign: 'sha256' },
    stage,
  );
  const kept = ['localWebhook1', 'local-webhook-hmac-key', webhook.headers.authorization ?? '?'];
  for (const secret of kept) expect(stdout + stderr).not.toContain(secret);
});

it('is about an unknown order where none is named', async () => {
  const { exitCode, stdout } = await simulate('checkout.order.completed');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^404 ORDER_NOT_FOUND/);
});

it('succeeds with the status that is expected, and with no other', async () => {
  const event = ['checkout.order.failed', '--order', unknownOrder];
  expect((await simulate(...event, '--expect', '404')).exitCode).toBe(0);
  expect((await simulate(...event, '--expect', '200')).exitCode).toBe(1);
  expect((await simulate('settlement.initiated', '--expect', '404')).exitCode).toBe(1);
});

it('claims what it is told to, and the stage asks the gateway all the same', async () => {
  const buyer = await marketplace.addBuyer();
  const { merchantOrderId, transactionId } = await upgrade(run, buyer);
  const event = ['checkout.order.completed', '--order', merchantOrderId];
  const unpaid = await simulate(...event, '--amount', '1');
  expect(unpaid.exitCode).toBe(1);
  expect(unpaid.stdout).toMatch(/^503 TRY_AGAIN/);
  const mandate = await simulate(...event, '--mandate');
  expect(mandate.stdout).toMatch(/^200 ignored/);
  expect((await marketplace.effectsOn(buyer, transactionId)).status).toBe('PENDING');
});

it('tells of a refund by its id and amount', async () => {
  const { order } = await endUnheard();
  const refund = ['pg.refund.failed', '--order', order.transactionId, '--refund', 'R-77'];
  const { exitCode, stderr } = await simulate(...refund, '--amount', '5000');
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`about ${order.merchantOrderId}, R-77 to`);
  await run.idle();
  const row = await marketplace.get('transactions', { transactionId: order.transactionId });
  const history = z.record(z.string(), z.object({ what: z.string() })).parse(row?.history);
  expect(Object.values(history).map(({ what }) => what)).toContain('refund: FAILED');
});

describe('signatures', () => {
  it.each(['sha256', 'hmac-hex', 'hmac-base64'])('%s is taken', async (mode) => {
    const { order } = await endUnheard();
    const sent = await simulate(
      ...['checkout.order.completed', '--order', order.transactionId, '--sign', mode],
    );
    expect(sent.exitCode, sent.stderr).toBe(0);
    expect(sent.stdout).toMatch(/^200 published/);
  });

  it.each(['none', 'wrong', 'tampered'])(
    '%s is refused, and nothing is published',
    async (mode) => {
      const { buyer, order } = await endUnheard();
      const before = published();
      const event = ['checkout.order.completed', '--order', order.transactionId, '--sign', mode];
      const sent = await simulate(...event);
      expect(sent.exitCode).toBe(1);
      expect(sent.stdout).toMatch(/^401 UNAUTHENTICATED/);
      expect((await simulate(...event, '--expect', '401')).exitCode).toBe(0);
      expect(published()).toBe(before);
      expect((await marketplace.effectsOn(buyer, order.transactionId)).status).toBe('PENDING');
    },
  );

  it.each([
    ['hmac-hex', { webhookHmacKeys: [] }, 'has no webhookHmacKeys, and --sign hmac-hex needs one'],
    ['tampered', { webhookHmacKeys: [] }, 'has no webhookHmacKeys, and --sign tampered needs one'],
    [
      'sha256',
      { webhookCredentials: [] },
      'has no webhookCredentials, and --sign sha256 needs one',
    ],
    ['sha256', { merchantId: '' }, 'missing or malformed: merchantId'],
  ])(
    '%s with a secret that has %j is one line, and nothing is sent',
    async (mode, changes, words) => {
      const name = secrets.gatewayCredentials;
      const kept = await readSecret(name);
      await writeSecret(name, { ...kept, ...changes });
      const sent = await simulate('checkout.order.completed', '--sign', mode).finally(() =>
        writeSecret(name, kept),
      );
      expect(sent).toMatchObject({ exitCode: 1, stdout: '' });
      expect(sent.stderr).toContain(words);
      expect(sent.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(sent.stderr).not.toContain('localWebhook1');
    },
  );
});

it('prints a request that works, and sends nothing', async () => {
  const { order } = await endUnheard();
  const before = received();
  const { exitCode, stdout, stderr } = await simulate(
    ...['checkout.order.completed', '--order', order.transactionId, '--print'],
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(received()).toBe(before);
  const url = /POST '(.+)'/.exec(stdout)?.[1] ?? '';
  const authorization = /authorization: (\w+)/.exec(stdout)?.[1] ?? '';
  const body = /--data-binary '(.+)'/.exec(stdout)?.[1] ?? '';
  const answer = await call(url, { method: 'POST', headers: { authorization }, body });
  expect(describeAnswer(answer)).toBe('200 published');
});

it.each([
  [['checkout.order.complete'], 'an event is one of checkout.order.completed, '],
  [['checkout.order.completed', '--order', 'a b'], 'the id of an order must be'],
  [['checkout.order.completed', '--order', ''], 'the id of an order must be'],
  [['checkout.order.completed', '--refund', 'R-1'], '--refund goes with refund events'],
  [['pg.refund.failed', '--refund', 'R/1'], 'the id of a refund must be'],
  [['pg.refund.failed', '--mandate'], '--mandate goes with order events'],
  [['settlement.initiated', '--order', unknownOrder], '--order goes with events about an order'],
  [['subscription.paused', '--amount', '100'], '--amount goes with events about money'],
  [['checkout.order.completed', '--amount', '2.99'], 'an amount is in paisa, a whole number'],
  [['checkout.order.completed', '--variant', 'new'], 'Allowed choices are current, legacy-extra'],
  [['checkout.order.completed', '--sign', 'md5'], 'Allowed choices are sha256, hmac-hex'],
  [['checkout.order.completed', '--times', '0'], 'times are a whole number from 1 to 1000'],
  [['checkout.order.completed', '--expect', '99'], 'an HTTP status is a whole number from 100'],
  [['checkout.order.completed', '--print', '--times', '2'], '--print sends nothing'],
  [[], "missing required argument 'event'"],
])('%j ends with words and status 1, and nothing is sent', async (args, words) => {
  const before = received();
  const { exitCode, stdout, stderr } = await simulate(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(received()).toBe(before);
});

it.each(['--json', '--print'])('refuses production in one line, with %s', async (flag) => {
  const before = received();
  await writeSecret(environmentSecret, { ...stage, stage: 'production' });
  const sent = await simulate('checkout.order.completed', flag).finally(() =>
    writeSecret(environmentSecret, stage),
  );
  expect(sent).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'Nothing is simulated on the stage production. Nothing was changed.\n',
  });
  expect(received()).toBe(before);
});

it('says that the stage does not answer', async () => {
  await writeSecret(environmentSecret, { ...stage, apiUrl: await closedAddress() });
  const sent = await simulate('checkout.order.completed').finally(() =>
    writeSecret(environmentSecret, stage),
  );
  expect(sent.exitCode).toBe(1);
  expect(sent.stdout).toMatch(/^no answer \(ECONNREFUSED\)/);
});

// Last: events that found a mail being sent come back only when its claim is over, and until then no run is idle.
it('sent many times at once is answered each time, and acts once', async () => {
  const { buyer, order } = await endUnheard();
  const { exitCode, stdout } = await simulate(
    ...['checkout.order.completed', '--order', order.transactionId, '--times', '8'],
  );
  expect(exitCode).toBe(0);
  const counts = [...stdout.matchAll(/200 (?:published|duplicate) +│ (\d+)/g)];
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(8);
  await expect
    .poll(() => marketplace.effectsOn(buyer, order.transactionId))
    .toEqual(everythingDone);
  await expect.poll(() => marketplace.welcomeMails(buyer)).toBe(1);
});

/** Where no server listens any more. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function readSecret(name: string): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(await createSecretReader(name)({ fresh: true }));
}

async function writeSecret(SecretId: string, value: unknown): Promise<void> {
  const client = new SecretsManagerClient({});
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
  client.destroy();
}
