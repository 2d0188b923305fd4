import { finish, postJson, upgrade } from '@cloudnestle/dev/testing/buyer';
import { everythingDone } from '@cloudnestle/dev/testing/test-marketplace';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { istDay } from '@cloudnestle/payments/ist';
import { planOf } from '@cloudnestle/test-kit/samples';
import { tables } from '@cloudnestle/topology/tables';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeIndexesOn } from './testing/make-indexes.ts';
import { oldRow, toOldRow } from './testing/old-row.ts';
import { type Subject, startSubject } from './testing/subject.ts';

let subject: Subject;

beforeAll(async () => {
  subject = await startSubject();
});
afterEach(() => subject.run.cloud?.intercept(undefined));
afterAll(() => subject?.stop());

const HOUR_MS = 3_600_000;
const long = new Date('2025-11-23T09:00:00Z');
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
const indexed = ['transactions', 'users', 'entitlements', 'invoices'] as const;

/** Paid, as the gateway knows, and never heard of here; its row as the earlier system would have written it. */
async function payUnheard() {
  const { run, marketplace } = subject;
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
  await run.idle();
  const row = await marketplace.get('transactions', { transactionId: order.transactionId });
  return { buyer, order, row: toOldRow(row ?? {}) };
}

const rowOf = (transactionId: string) => subject.marketplace.get('transactions', { transactionId });

describe('tables without the indexes, with rows of the earlier system', () => {
  it('are what all commands find orders in, once the indexes and keys are there', async () => {
    const { run, old, marketplace, payments, rebuild } = subject;
    const lost = await payUnheard();
    const paid = oldRow('bought-long-ago', long, { status: 'COMPLETED' });
    await rebuild('transactions', { rows: [lost.row, paid], indexes: [] });
    await rebuild('users', { indexes: [] });
    await rebuild('entitlements', { indexes: [] });
    await rebuild('invoices', { indexes: [] });

    const before = await subject.picture();
    const looked = await subject.work('--dry-run');
    expect(looked).toMatchObject({ exitCode: 1, rows: { looked: 2, given: 2, opened: 1 } });
    const wanted = indexed.flatMap((key) => tables[key].indexes.map(({ name }) => name));
    // The table of refunds is younger than any earlier system, and has its own.
    const changed = ({ indexes }: typeof looked) =>
      indexes
        .filter(({ state }) => state !== 'there')
        .map(({ index, state }) => `${index} ${state}`);
    expect(changed(looked)).toEqual(wanted.map((name) => `${name} missing`));
    expect(await subject.picture()).toEqual(before);

    run.cloud?.intercept(makeIndexesOn(old));
    const done = await subject.work();
    expect(done).toMatchObject({ exitCode: 0, rows: { looked: 2, given: 2, opened: 1 } });
    expect(changed(done)).toEqual(wanted.map((name) => `${name} made`));

    const swept = await payments('reconcile', '--json');
    expect(JSON.parse(swept.stdout)).toMatchObject({ settled: 1, errors: 0 });
    await run.idle();
    expect(await marketplace.effectsOn(lost.buyer, lost.order.transactionId)).toEqual(
      everythingDone,
    );
    const day = istDay(long);
    const report = await payments('reconcile', '--from', day, '--to', day, '--report', 'csv');
    expect(report.stdout).toContain(String(paid.transactionId));
    const story = await payments('payment', 'bought-long-ago');
    expect(story.stdout).toContain(String(paid.transactionId));

    expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { looked: 2, given: 0 } });
  });

  it('get what they lack and keep all else', async () => {
    const rows = [
      oldRow('waits', hoursAgo(1)),
      oldRow('waited-too-long', hoursAgo(100)),
      oldRow('gave-up', hoursAgo(2), { status: 'FAILED' }),
      oldRow('paid', hoursAgo(3), { status: 'COMPLETED' }),
      oldRow('paid-long-ago', long, { status: 'COMPLETED' }),
    ];
    await subject.rebuild('transactions', { rows });
    const { rows: result } = await subject.work();
    expect(result).toMatchObject({ looked: 5, given: 5, opened: 3, undecided: { count: 1 } });
    for (const row of rows) {
      const { dayShard, openShard, nextCheckAt, ...kept } =
        (await rowOf(String(row.transactionId))) ?? {};
      expect(kept).toEqual(row);
      expect(dayShard).toBe(`${istDay(new Date(String(row.createdAt)))}#0`);
      expect(typeof openShard).toBe(typeof nextCheckAt);
    }
  });

  it('that need an operator are found among those that do, each once, and stay out of the sweep’s sight', async () => {
    const refunded = { refunds: { 'R-1': 10_000 }, status: 'COMPLETED' };
    const rows = [
      { ...oldRow('watched', hoursAgo(1)), needsReview: 'no outcome after three days: odd' },
      { ...oldRow('broken', hoursAgo(1)), createdAt: 'yesterday', needsReview: 'unreadable' },
      {
        ...oldRow('paid-twice', long, { status: 'COMPLETED' }),
        duplicateOf: 'txn_MP-first-1-aaaaaa',
      },
      { ...oldRow('refunded-in-part', long), ...refunded },
      { ...oldRow('refunded', long), ...refunded, refunds: { 'R-1': 29_900 } },
    ];
    await subject.rebuild('transactions', { rows });
    const { rows: result } = await subject.work();
    expect(result).toMatchObject({ looked: 5, needPerson: 4, opened: 0 });
    const reasons = async (name: string) => {
      const row = (await rowOf(`txn_MP-${name}-1732356000-abc123`)) ?? {};
      expect(row).not.toHaveProperty('needsReview');
      expect(row).not.toHaveProperty('openShard');
      const found = readAttention(row).map(({ reason }) => reason);
      expect(row.attentionShard).toBe(found.length > 0 ? 'ATTENTION#0' : undefined);
      return found;
    };
    expect(await reasons('watched')).toEqual(['NO_OUTCOME']);
    expect(await reasons('broken')).toEqual(['NO_OUTCOME']);
    expect(await reasons('paid-twice')).toEqual(['CHARGED_TWICE']);
    expect(await reasons('refunded-in-part')).toEqual(['PARTIAL_REFUND']);
    expect(await reasons('refunded')).toEqual([]);
    expect((await subject.work()).rows).toMatchObject({ needPerson: 0, given: 0 });
  });

  it('with rows that cannot be read: those are listed and stay as they are', async () => {
    const broken = { ...oldRow('broken', hoursAgo(1)), createdAt: 'yesterday' };
    const paidInWords = { ...oldRow('in-words', hoursAgo(1)), amount: 'Rs 299' };
    const rows = [broken, paidInWords, oldRow('sound', hoursAgo(1))];
    await subject.rebuild('transactions', { rows });
    const { exitCode, stdout } = await subject.backfill('--yes');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/txn_MP-broken-1732356000-abc123 +│ createdAt .* is no time/);
    expect(stdout).toMatch(/txn_MP-in-words-1732356000-abc123 +│ .*amount/);
    expect(stdout).toMatch(/given keys +│ 1 /);
    expect(stdout).toContain('Something is left to do.');
    expect(await rowOf('txn_MP-broken-1732356000-abc123')).toEqual(broken);
    expect(await rowOf('txn_MP-in-words-1732356000-abc123')).toEqual(paidInWords);
  });
});

describe('paid orders of the earlier system', () => {
  const slotOf = (userId: string) =>
    subject.marketplace.get('checkouts', { checkoutKey: `${userId}#pro` });
  const paidLongAgo = (userId: string, changes = {}) =>
    oldRow(userId, long, { status: 'COMPLETED', ...changes });
  const idOf = (row: Record<string, unknown>) => String(row.transactionId);

  it('are noted for their buyers, who are then not sold the same again', async () => {
    const buyer = await subject.marketplace.addBuyer();
    const row = paidLongAgo(buyer.userId, { userEmail: buyer.email });
    await subject.rebuild('transactions', { rows: [row] });
    const before = await subject.picture();
    const looked = await subject.work('--dry-run');
    expect(looked).toMatchObject({ exitCode: 1, rows: { noted: 1 } });
    expect(await subject.picture()).toEqual(before);
    expect(await slotOf(buyer.userId)).toBeUndefined();

    expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { noted: 1 } });
    expect(await slotOf(buyer.userId)).toEqual({
      checkoutKey: `${buyer.userId}#pro`,
      paid: { [idOf(row)]: long.toISOString() },
    });
    const again = await postJson(`${subject.run.url}/payments/upgrade-to-pro`, {
      userId: buyer.userId,
      userEmail: buyer.email,
      tier: 'pro',
    });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      error: { code: 'ALREADY_PAID' },
      transactionId: idOf(row),
    });
    expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { noted: 0 } });
  });

  it('are what a payment that comes later is a second one of', async () => {
    const { run, marketplace } = subject;
    const { buyer, order, row } = await payUnheard();
    const old = paidLongAgo(buyer.userId, { userEmail: buyer.email });
    await subject.rebuild('transactions', { rows: [row, old] });
    expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { noted: 1 } });
    const swept = await subject.payments('reconcile', '--json');
    expect(JSON.parse(swept.stdout)).toMatchObject({ settled: 1 });
    await run.idle();
    const settled = await marketplace.get('transactions', { transactionId: order.transactionId });
    expect(settled).toMatchObject({ status: 'COMPLETED', duplicateOf: idOf(old) });
  });

  it('keep what stands in their buyers’ items, and two of one buyer are named', async () => {
    const first = paidLongAgo('twice', { transactionId: 'txn_MP-twice-1732356000-aaaaaa' });
    const rows = [first, paidLongAgo('twice')];
    await subject.rebuild('transactions', { rows });
    const slot = { checkoutKey: 'twice#pro', merchantOrderId: 'MP-current', paid: {} };
    await subject.marketplace.put('checkouts', slot);
    const done = await subject.work();
    expect(done.rows.noted).toBe(2);
    expect(done.rows.paidAgain.length).toBeGreaterThan(0);
    const both = Object.fromEntries(rows.map((row) => [idOf(row), long.toISOString()]));
    expect(await slotOf('twice')).toEqual({ ...slot, paid: both });
    const { stdout } = await subject.backfill('--yes');
    expect(stdout).toContain('2 paid orders beside another one of the same buyer and tier');
  });

  it('are not noted where access was taken back, nor where nothing was paid', async () => {
    const revoked = { ...paidLongAgo('revoked'), accessRevokedAt: '2025-12-01T00:00:00.000Z' };
    await subject.rebuild('transactions', { rows: [revoked, oldRow('unpaid', long)] });
    expect((await subject.work()).rows).toMatchObject({ looked: 2, noted: 0 });
    expect(await slotOf('revoked')).toBeUndefined();
  });
});

describe('the access that the earlier system gave for a paid order', () => {
  const paidLongAgo = (userId: string, email: string, changes = {}) =>
    oldRow(userId, long, { status: 'COMPLETED', userEmail: email, ...changes });
  const at = long.toISOString();
  const keyOf = (owner: string) => ({ pk: `user#${owner}`, sk: 'solution#aws-solution-finder' });
  const itemsOf = async ({ userId, email }: { userId: string; email: string }) => {
    const { marketplace } = subject;
    return {
      user: await marketplace.get('users', { userId }),
      byUserId: await marketplace.get('entitlements', keyOf(userId)),
      byEmail: await marketplace.get('entitlements', keyOf(email)),
    };
  };
  const user = (name: string, tier: string) => ({
    userId: name,
    email: `${name}@example.com`,
    subscriptionTier: tier,
    subscriptionStatus: 'paused',
    subscriptionStartDate: '2025-11-23T09:00:00Z',
    lastPaymentDate: '2025-11-23T09:00:00Z',
  });
  const give = async (
    name: string,
    tiers: { user: string; byUserId?: string; byEmail: string },
  ) => {
    const { marketplace } = subject;
    await marketplace.put('users', user(name, tiers.user));
    const email = `${name}@example.com`;
    const record = { token: 't', status: 'active' };
    if (tiers.byUserId !== undefined) {
      const spelled = { tier: tiers.byUserId, access_tier: tiers.byUserId };
      const count = { dailyUsage: 7, lastUsageDate: '2026-01-01', updatedAt: at };
      await marketplace.put('entitlements', { ...keyOf(name), ...record, ...spelled, ...count });
    }
    const spelled = { tier: tiers.byEmail, access_tier: tiers.byEmail };
    const usage = { usage: { daily_usage: { '2026-01-01': 9 } }, updated_at: at };
    await marketplace.put('entitlements', { ...keyOf(email), ...record, ...spelled, ...usage });
    return { userId: name, email };
  };

  it('is noted as a grant in row and records; no mail, no searches, no status comes of it', async () => {
    const buyer = await give('granted', { user: 'Pro', byUserId: 'registered', byEmail: 'pro' });
    const row = paidLongAgo(buyer.userId, buyer.email);
    await subject.rebuild('transactions', { rows: [row] });
    const before = await subject.picture();
    expect((await subject.work('--dry-run')).rows).toMatchObject({ granted: 1 });
    expect(await subject.picture()).toEqual(before);

    const mails = (await subject.run.cloud?.inbox.emails())?.length;
    const done = await subject.work();
    expect(done).toMatchObject({ exitCode: 0, rows: { granted: 1, withoutAccess: [] } });
    const grants = { [String(row.transactionId)]: { tier: 'pro', planId: 'pro', at } };
    const noted = { grants, grantsVersion: 1 };
    expect(await itemsOf(buyer)).toEqual({
      user: {
        ...user('granted', 'Pro'),
        ...noted,
        baseTier: 'Pro',
        updatedAt: expect.any(String),
      },
      byUserId: expect.objectContaining({
        ...noted,
        tier: 'pro',
        access_tier: 'pro',
        baseTier: 'registered',
        dailyUsage: 7,
        lastUsageDate: '2026-01-01',
        grantedAt: at,
      }),
      byEmail: expect.objectContaining({
        ...noted,
        tier: 'pro',
        usage: { daily_usage: { '2026-01-01': 9 } },
      }),
    });
    await subject.run.idle();
    expect((await subject.run.cloud?.inbox.emails())?.length).toBe(mails);
    expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { granted: 0 } });
  });

  it('stands when another order of its buyer is refunded, and a missing record stays missing', async () => {
    const buyer = await give('twice-granted', { user: 'pro', byEmail: 'pro' });
    const first = paidLongAgo(buyer.userId, buyer.email, {
      transactionId: 'txn_MP-first-1-aaaaaa',
    });
    const second = paidLongAgo(buyer.userId, buyer.email);
    await subject.rebuild('transactions', { rows: [first, second] });
    expect((await subject.work()).rows).toMatchObject({ granted: 2 });
    const ended = await subject.payments(
      'access',
      'end',
      String(second.transactionId),
      '--reason',
      'paid twice',
      '--yes',
    );
    expect(ended.exitCode).toBe(0);
    await subject.run.idle();
    const { user: row, byUserId, byEmail } = await itemsOf(buyer);
    expect(row).toMatchObject({
      subscriptionTier: 'pro',
      grants: { [String(second.transactionId)]: { endedAt: expect.any(String) } },
    });
    expect(byEmail).toMatchObject({ access_tier: 'pro' });
    expect(byUserId).toBeUndefined();
  });

  it('is not given where no item of the buyer’s had it: the order is named', async () => {
    const buyer = await give('never-had', { user: 'registered', byEmail: 'registered' });
    const row = paidLongAgo(buyer.userId, buyer.email);
    await subject.rebuild('transactions', { rows: [row, paidLongAgo('gone', 'gone@example.com')] });
    const before = await itemsOf(buyer);
    const { rows } = await subject.work();
    expect(rows.granted).toBe(0);
    expect(rows.withoutAccess.toSorted()).toEqual([
      'txn_MP-gone-1732356000-abc123',
      row.transactionId,
    ]);
    expect(await itemsOf(buyer)).toEqual(before);
    const { stdout } = await subject.backfill('--yes');
    expect(stdout).toContain('2 paid orders whose buyer has no such tier anywhere');
  });

  it('is left alone for an order whose access was taken back, and for a pass', async () => {
    const buyer = await give('ended', { user: 'pro', byUserId: 'pro', byEmail: 'pro' });
    const revoked = { ...paidLongAgo(buyer.userId, buyer.email), accessRevokedAt: at };
    const plan = planOf('basic-monthly');
    const pass = { ...paidLongAgo('pass', buyer.email), userId: 'ended', tier: 'basic', plan };
    await subject.rebuild('transactions', { rows: [revoked, pass] });
    const before = await itemsOf(buyer);
    expect((await subject.work()).rows).toMatchObject({ granted: 0, withoutAccess: [] });
    expect(await itemsOf(buyer)).toEqual(before);
  });
});

it('makes no index that would keep a row from being written', async () => {
  const { run, old } = subject;
  const unfit = { ...oldRow('early', long), phonepeOrderId: null };
  await subject.rebuild('transactions', { rows: [unfit, oldRow('sound', long)], indexes: [] });
  run.cloud?.intercept(makeIndexesOn(old));
  const { exitCode, indexes, rows } = await subject.work();
  expect(exitCode).toBe(1);
  expect(indexes.filter(({ state }) => state !== 'there')).toEqual([
    expect.objectContaining({ index: 'OpenOrdersIndex', state: 'made' }),
    expect.objectContaining({ index: 'AttentionIndex', state: 'made' }),
    expect.objectContaining({ index: 'DayIndex', state: 'made' }),
    expect.objectContaining({ index: 'UserIndex', state: 'made' }),
    expect.objectContaining({
      index: 'PhonePeOrderIndex',
      state: 'blocked',
      blockedBy: [
        { attribute: 'phonepeOrderId', rows: 1, examples: ['txn_MP-early-1732356000-abc123'] },
      ],
    }),
  ]);
  expect(rows).toMatchObject({ given: 2 });
});

it('says that the endpoint makes no index, and does the rest', async () => {
  const indexes: [] = [];
  await subject.rebuild('transactions', { rows: [oldRow('one', long)], indexes });
  const { exitCode, stdout } = await subject.backfill('--yes');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/DayIndex .* not possible here/);
  expect(stdout).toContain('cannot make an index of a table that is there: not possible here');
  expect(await rowOf('txn_MP-one-1732356000-abc123')).toHaveProperty('dayShard', '2025-11-23#0');
});

it('only reads on a dry run', async () => {
  const rows = [oldRow('one', long), oldRow('two', long, { status: 'COMPLETED' })];
  await subject.rebuild('transactions', { rows });
  const before = await subject.picture();
  const calls = new Set<string>();
  subject.run.cloud?.intercept(({ service, operation }) => {
    if (service === 'dynamodb') calls.add(operation);
    return undefined;
  });
  const { exitCode, stdout } = await subject.backfill('--dry-run');
  subject.run.cloud?.intercept(undefined);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Nothing was changed.');
  expect(await subject.picture()).toEqual(before);
  expect([...calls].toSorted()).toEqual(['DescribeTable', 'GetItem', 'Scan']);
});

it('gives way to a service that writes the same row meanwhile', async () => {
  const { run, marketplace } = subject;
  const { buyer, order, row } = await payUnheard();
  await subject.rebuild('transactions', { rows: [row] });
  let isHeard = false;
  run.cloud?.intercept(async ({ operation, body }) => {
    if (isHeard || operation !== 'UpdateItem' || !JSON.stringify(body).includes('dayShard')) return;
    isHeard = true;
    // Between the command's read and its write the payment becomes known, and all subscribers do their part.
    await subject.payments('reconcile', order.transactionId);
    await run.idle();
    return undefined;
  });
  const { exitCode, rows } = await subject.work();
  run.cloud?.intercept(undefined);
  expect({ exitCode, isHeard }).toEqual({ exitCode: 0, isHeard: true });
  expect(rows).toMatchObject({ looked: 1, complete: 1, given: 0 });
  expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  const { completedAt, nextCheckAt } = (await rowOf(order.transactionId)) ?? {};
  const effectsLook = new Date(new Date(String(completedAt)).getTime() + 300_000);
  expect(nextCheckAt).toBe(effectsLook.toISOString());
});

it('opens no order that is left to an operator meanwhile', async () => {
  const { run, marketplace } = subject;
  const row = oldRow('doubtful', hoursAgo(1));
  await subject.rebuild('transactions', { rows: [row] });
  let isDone = false;
  run.cloud?.intercept(async ({ operation }) => {
    if (isDone || operation !== 'UpdateItem') return;
    isDone = true;
    const attention = { NO_OUTCOME: { since: '2025-11-23T09:00:00.000Z' } };
    await marketplace.put('transactions', { ...row, attention, attentionVersion: 1 });
    return undefined;
  });
  const { exitCode, rows } = await subject.work();
  expect({ exitCode, isDone }).toEqual({ exitCode: 0, isDone: true });
  expect(rows).toMatchObject({ given: 1, opened: 0 });
  const after = await rowOf(String(row.transactionId));
  expect(after).toHaveProperty('dayShard');
  expect(after).not.toHaveProperty('openShard');
});

describe('changes nothing', () => {
  const TABLE = tables.transactions.name;
  const dayIndex = {
    IndexName: 'DayIndex',
    KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' as const }],
    Projection: { ProjectionType: 'ALL' as const },
  };

  it.each([
    [['--yes'], { indexes: [dayIndex] }, `the index DayIndex of ${TABLE} is keyed by day; should`],
    [['--yes'], { indexes: [], billing: 'PROVISIONED' }, `${TABLE} has provisioned capacity`],
    [[], {}, 'There is no terminal to ask at: add --yes'],
    [['--stage', 'production'], {}, 'You mean the stage production, and this is local'],
    [['--yes', '--rate', '0'], {}, '--rate is a whole number'],
  ] as const)('called with %j on a table with %j', async (args, wanted, words) => {
    await subject.rebuild('transactions', { rows: [oldRow('one', long)], ...wanted });
    const before = await subject.picture();
    const { exitCode, stdout, stderr } = await subject.backfill(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await subject.picture()).toEqual(before);
  });
});

it('says how far it came where AWS refuses in the middle, and goes on from there', async () => {
  const rows = ['a', 'b', 'c'].map((name) => oldRow(name, long));
  await subject.rebuild('transactions', { rows });
  let writes = 0;
  subject.run.cloud?.intercept(({ operation }) => {
    if (operation !== 'UpdateItem') return undefined;
    writes += 1;
    return writes === 1
      ? undefined
      : { when: 'before', status: 400, errorType: 'AccessDeniedException' };
  });
  const stopped = await subject.work();
  subject.run.cloud?.intercept(undefined);
  expect(stopped).toMatchObject({ exitCode: 1, rows: { given: 1 } });
  expect(stopped.brokenOff).toContain('AccessDeniedException');
  expect(stopped.stderr).toContain('"action":"backfill"');
  expect(await subject.work()).toMatchObject({ exitCode: 0, rows: { given: 2, complete: 1 } });
});
