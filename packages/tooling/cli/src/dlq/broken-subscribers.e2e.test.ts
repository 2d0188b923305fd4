import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, type Order, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({
    demoData: false,
    retryScale: 0,
  });
  marketplace = createTestMarketplace(run);
});
afterEach(() => {
  run.cloud?.intercept(undefined);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

type Intercept = NonNullable<Parameters<NonNullable<LocalRun['cloud']>['intercept']>[0]>;
type Call = Parameters<Intercept>[0];
type Fault = ReturnType<Intercept>;

const tableGone: Fault = {
  when: 'before',
  status: 400,
  errorType: 'ResourceNotFoundException',
  message: 'Requested resource not found',
};
const writesTo = (table: string) => (call: Call) =>
  call.operation === 'UpdateItem' && JSON.stringify(call.body).includes(`"${table}"`)
    ? tableGone
    : undefined;

const isRowOf = (userId: string, body: string) =>
  body.includes('"marketplace-payment-transactions"') && body.includes(`txn_MP-${userId}-`);

/** What is broken, for one subscriber, and what an operator reads of it. */
const cases: readonly {
  subscriber: SubscriberName;
  what: string;
  broken: (buyer: Buyer) => (call: Call) => Fault;
  reason: RegExp;
  /** What the others have done meanwhile. */
  meanwhile: Readonly<Record<string, unknown>>;
  mails: number;
}[] = [
  {
    subscriber: 'tiers',
    what: 'its table is missing',
    broken: () => writesTo('marketplace-users'),
    reason: /ResourceNotFoundException/,
    meanwhile: { ...everythingDone, tier: 'registered' },
    mails: 1,
  },
  {
    subscriber: 'entitlements',
    what: 'its table is missing',
    broken: () => writesTo('marketplace-user-solution-entitlements'),
    reason: /ResourceNotFoundException/,
    meanwhile: {
      ...everythingDone,
      byId: ['registered', 'registered', false],
      byEmail: ['registered', 'registered', false],
    },
    mails: 1,
  },
  {
    subscriber: 'notifications',
    what: 'SES refuses every mail',
    broken:
      () =>
      ({ service, operation }) =>
        service === 'ses' && operation.includes('SendEmail')
          ? { when: 'before', status: 429, errorType: 'TooManyRequestsException' }
          : undefined,
    reason: /TooManyRequests/,
    meanwhile: everythingDone,
    mails: 0,
  },
  {
    subscriber: 'reconciliation',
    what: 'a bug hits the writes of one row',
    broken:
      ({ userId }) =>
      ({ operation, body }) =>
        operation === 'UpdateItem' && isRowOf(userId, JSON.stringify(body))
          ? { when: 'before', status: 400, errorType: 'ValidationException', message: 'bad path' }
          : undefined,
    reason: /ValidationException: bad path/,
    meanwhile: { tier: 'pro', byId: ['pro', 'pro', true], byEmail: ['pro', 'pro', true] },
    mails: 1,
  },
];

async function buy(): Promise<{ buyer: Buyer; order: Order }> {
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await run.idle();
  return { buyer, order };
}

describe.each(cases)('while $subscriber is broken: $what', ({ subscriber, ...how }) => {
  it('the others are done, the reason is told, and a replay after the repair ends as if nothing had happened', async () => {
    const { buyer, order } = await buy();
    run.cloud?.intercept(how.broken(buyer));
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
    await run.idle();
    expect(await marketplace.effectsOn(buyer, order.transactionId)).toMatchObject(how.meanwhile);
    expect(await marketplace.welcomeMails(buyer)).toBe(how.mails);

    const shown = await runPayments(run, ['dlq', 'show', subscriber, '--json']);
    expect(shown.exitCode, shown.stderr).toBe(0);
    const triage = await runPayments(run, ['dlq', 'triage']);
    expect(triage.stdout).toMatch(how.reason);
    expect(triage.stdout).toContain(`./payments dlq replay ${subscriber}`);
    const list = await runPayments(run, ['dlq', 'list']);
    expect(list.stdout).toMatch(how.reason);
    expect(shown.stdout).toMatch(how.reason);
    expect(shown.stdout).toContain(order.transactionId);

    run.cloud?.intercept(undefined);
    const replayed = await runPayments(run, ['dlq', 'replay', subscriber, '--yes']);
    expect(replayed.exitCode, replayed.stdout + replayed.stderr).toBe(0);
    await run.idle();
    expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
    expect(await marketplace.welcomeMails(buyer)).toBe(1);
    // Replaying once more, as a hurried operator would, finds nothing and does nothing.
    const again = await runPayments(run, ['dlq', 'replay', subscriber, '--yes']);
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(await marketplace.welcomeMails(buyer)).toBe(1);
  });
});
