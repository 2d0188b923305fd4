import {
  allowedResponseSchema,
  quotaExceededResponseSchema,
  refusedTokenResponseSchema,
} from '@cloudnestle/contracts/http/validate-token';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, mapRecord, numberRecord, type Subject, TODAY } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

const uuidToken = () => crypto.randomUUID();

describe('a Registered user', () => {
  it('is allowed, in the live client’s words, and one search less is left', async () => {
    await subject.addUser();
    await subject.addRecord(subject.userId, numberRecord(subject.token, 3));
    const { statusCode, body } = await subject.search(subject.token);
    expect(statusCode).toBe(200);
    expect(allowedResponseSchema.parse(body)).toEqual({
      success: true,
      allowed: true,
      user_email: subject.email,
      access_tier: 'registered',
      user: { email: subject.email, tier: 'registered' },
      solution_id: 'aws-solution-finder',
      quota_remaining: 6,
      quota: { daily_limit: 10, daily_used: 4 },
    });
  });

  it.each([
    ['by user id, with a derived token', 'userId', (token: string) => numberRecord(token, 9)],
    ['by email, in the old spelling', 'email', (token: string) => mapRecord(token, { [TODAY]: 9 })],
  ] as const)('has ten searches a day on the record %s', async (_which, owner, record) => {
    await subject.addRecord(subject[owner], record(subject.token));
    expect((await subject.search(subject.token)).body).toMatchObject({
      allowed: true,
      quota_remaining: 0,
    });
    expect((await subject.search(subject.token)).statusCode).toBe(429);
  });

  it('is told what an upgrade offer needs once today’s searches are used up', async () => {
    await subject.addRecord(subject.email, mapRecord(subject.token, { [TODAY]: 10 }));
    const { statusCode, headers, body } = await subject.search(subject.token);
    expect(statusCode).toBe(429);
    expect(headers).toMatchObject({ 'retry-after': String(14 * 60 * 60) });
    expect(quotaExceededResponseSchema.parse(body)).toMatchObject({
      allowed: false,
      error: 'You have used all 10 searches of today.',
      code: 'QUOTA_EXCEEDED',
      user_email: subject.email,
      access_tier: 'registered',
      quota_remaining: 0,
      quota: { daily_limit: 10, daily_used: 10 },
      resets_at: '2025-11-24T00:00:00.000Z',
      upgrade: {
        tier: 'pro',
        amount_in_paisa: 29_900,
        currency: 'INR',
        daily_limit: -1,
        upgrade_path: '/payments/upgrade-to-pro',
      },
    });
    expect(subject.platform.counted('QuotaExceeded')).toBe(1);
  });

  it('has the searches of a new day from midnight UTC on, and the record says so', async () => {
    await subject.addRecord(subject.userId, numberRecord(subject.token, 10));
    subject.platform.setNow(new Date(`${TODAY}T23:59:59.999Z`));
    expect((await subject.search(subject.token)).statusCode).toBe(429);
    subject.platform.setNow(new Date('2025-11-24T00:00:00.000Z'));
    expect((await subject.search(subject.token)).body).toMatchObject({ quota_remaining: 9 });
    expect(await subject.record(subject.userId)).toMatchObject({
      dailyUsage: 1,
      lastUsageDate: '2025-11-24',
    });
  });

  it('has them from midnight in India on where the stage says so', async () => {
    const inIndia = createSubject(cloud, { QUOTA_UTC_OFFSET_MINUTES: '330' });
    await inIndia.addRecord(inIndia.userId, numberRecord(inIndia.token, 10));
    inIndia.platform.setNow(new Date(`${TODAY}T18:29:59.999Z`));
    expect((await inIndia.search(inIndia.token)).body).toMatchObject({
      resets_at: `${TODAY}T18:30:00.000Z`,
    });
    inIndia.platform.setNow(new Date(`${TODAY}T18:30:00.000Z`));
    expect((await inIndia.search(inIndia.token)).statusCode).toBe(200);
  });

  it('loses no search to a client that only looks', async () => {
    await subject.addRecord(subject.userId, numberRecord(subject.token, 9));
    const before = await subject.record(subject.userId);
    for (let look = 0; look < 3; look += 1) {
      const { body } = await subject.search(subject.token, { check_only: true });
      expect(body).toMatchObject({ allowed: true, quota_remaining: 1 });
    }
    expect(await subject.record(subject.userId)).toEqual(before);
    await subject.search(subject.token);
    const look = await subject.search(subject.token, { check_only: true });
    expect(look).toMatchObject({ statusCode: 429, body: { allowed: false, quota_remaining: 0 } });
  });

  it('keeps what else the old record counts', async () => {
    await subject.addRecord(subject.email, mapRecord(subject.token, { '2025-11-22': 7 }));
    await subject.search(subject.token);
    expect(await subject.record(subject.email)).toMatchObject({
      usage: {
        daily_usage: { '2025-11-22': 7, [TODAY]: 1 },
        monthly_usage: { '2025-11': 40 },
      },
    });
  });

  it.each([
    ['no usage at all', { usage: undefined }],
    ['a usage without days', { usage: { monthly_usage: {} } }],
    ['days of another kind', { usage: { daily_usage: 'none' } }],
    ['a set of days', { usage: { daily_usage: new Set(['none']) } }],
    ['a set for usage', { usage: new Set(['none']) }],
    ['a text for today', { usage: { daily_usage: { [TODAY]: '10' } } }],
    ['less than nothing for today', { usage: { daily_usage: { [TODAY]: -1000 } } }],
  ])('is counted where an old record has %s', async (_what, changes) => {
    const { usage: _usage, ...record } = mapRecord(subject.token, {});
    await subject.addRecord(subject.email, {
      ...record,
      ...(changes.usage ? { usage: changes.usage } : {}),
    });
    expect((await subject.search(subject.token)).body).toMatchObject({ quota_remaining: 9 });
    expect((await subject.search(subject.token)).body).toMatchObject({ quota_remaining: 8 });
  });

  it.each([
    ['yesterday', { dailyUsage: 10, lastUsageDate: '2025-11-22' }, 9],
    ['with the time beside it', { dailyUsage: 4, lastUsageDate: `${TODAY}T08:00:00Z` }, 5],
    ['nothing', { dailyUsage: undefined, lastUsageDate: undefined }, 9],
    ['a number as text', { dailyUsage: '10', lastUsageDate: TODAY }, 9],
    ['less than nothing', { dailyUsage: -1000, lastUsageDate: TODAY }, 9],
    ['a part of a search', { dailyUsage: 3.5, lastUsageDate: TODAY }, 5],
    ['both shapes', { dailyUsage: 4, usage: { daily_usage: { [TODAY]: 9 } } }, 5],
    ['a date long ahead', { dailyUsage: 10, lastUsageDate: '2099-01-01' }, 9],
    ['tomorrow, by a clock that is ahead', { dailyUsage: 4, lastUsageDate: '2025-11-24' }, 5],
  ])('is counted on a record by user id that says %s', async (_what, changes, remaining) => {
    const record = { ...numberRecord(subject.token, 0), ...changes };
    await subject.addRecord(
      subject.userId,
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)),
    );
    const { body } = await subject.search(subject.token);
    expect(body).toMatchObject({ allowed: true, quota_remaining: remaining });
  });
});

describe('a Pro user', () => {
  it.each(['userId', 'email'] as const)(
    'searches without limit by %s, and nothing is written',
    async (owner) => {
      const record =
        owner === 'userId' ? numberRecord(subject.token, 0) : mapRecord(subject.token, {});
      await subject.addRecord(subject[owner], { ...record, tier: 'pro', access_tier: 'pro' });
      cloud.cloud.calls.reset();
      for (let search = 0; search < 12; search += 1) {
        expect((await subject.search(subject.token)).body).toMatchObject({
          allowed: true,
          access_tier: 'pro',
          quota_remaining: -1,
          user: { tier: 'pro' },
        });
      }
      expect(cloud.cloud.calls.snapshot()).not.toHaveProperty('dynamodb:UpdateItem');
    },
  );
});

describe('a token', () => {
  it('may be one of the old form, or derived', async () => {
    const old = uuidToken();
    await subject.addRecord(subject.email, mapRecord(old, {}));
    await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
    expect((await subject.search(old)).statusCode).toBe(200);
    expect((await subject.search(subject.token)).statusCode).toBe(200);
  });

  it('that stands on both records has the better tier', async () => {
    await subject.addRecord(subject.userId, numberRecord(subject.token, 10));
    await subject.addRecord(subject.email, { ...mapRecord(subject.token, {}), access_tier: 'pro' });
    expect((await subject.search(subject.token)).body).toMatchObject({ access_tier: 'pro' });
  });

  it('that stands on both records is counted on the one by user id', async () => {
    await subject.addRecord(subject.userId, numberRecord(subject.token, 2));
    await subject.addRecord(subject.email, mapRecord(subject.token, { [TODAY]: 9 }));
    expect((await subject.search(subject.token)).body).toMatchObject({ quota_remaining: 7 });
    expect(await subject.record(subject.email)).toMatchObject({
      usage: { daily_usage: { [TODAY]: 9 } },
    });
  });

  it('may stand on records of many solutions, and opens each', async () => {
    const solutions = Array.from({ length: 15 }, (_, index) => `solution-${index}`);
    for (const solution of solutions) {
      await subject.addRecord(subject.userId, numberRecord(subject.token, 0), solution);
    }
    const answers = await Promise.all(
      solutions.map((solution_id) => subject.search(subject.token, { solution_id })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(solutions.map(() => 200));
  });

  it('opens its own solution only', async () => {
    await subject.addRecord(subject.userId, numberRecord(subject.token, 0), 'another-solution');
    const own = await subject.search(subject.token, { solution_id: 'another-solution' });
    expect(own.statusCode).toBe(200);
    const other = await subject.search(subject.token);
    expect(other.statusCode).toBe(403);
  });

  it('that no record has is refused with the live client’s error, and told to register again', async () => {
    const { statusCode, body } = await subject.search('tok_perm_nobody');
    expect(statusCode).toBe(403);
    expect(refusedTokenResponseSchema.parse(body)).toMatchObject({
      allowed: false,
      error: expect.stringContaining('register again'),
      code: 'UNKNOWN_TOKEN',
      solution_id: 'aws-solution-finder',
    });
    expect(subject.platform.counted('TokenUnknown')).toBe(1);
  });

  it('whose record is suspended is refused, whatever tier it has', async () => {
    await subject.addRecord(subject.userId, {
      ...numberRecord(subject.token, 0),
      access_tier: 'pro',
      status: 'suspended',
    });
    const { statusCode, body } = await subject.search(subject.token);
    expect({ statusCode, code: body.code }).toEqual({ statusCode: 403, code: 'SUSPENDED' });
  });

  it('of a tier that the catalogue does not know searches without a limit, under that name', async () => {
    await subject.addRecord(subject.userId, {
      ...numberRecord(subject.token, 10),
      tier: 'campus',
      access_tier: 'campus',
    });
    const { statusCode, body } = await subject.search(subject.token);
    expect(statusCode).toBe(200);
    expect(allowedResponseSchema.parse(body)).toMatchObject({
      access_tier: 'campus',
      user: { tier: 'campus' },
      quota_remaining: -1,
    });
  });

  it('of a tier set by hand over Pro keeps what Pro has, whichever record has which', async () => {
    await subject.addRecord(subject.userId, {
      ...numberRecord(subject.token, 10),
      access_tier: 'campus',
    });
    await subject.addRecord(subject.email, { ...mapRecord(subject.token, {}), access_tier: 'pro' });
    expect((await subject.search(subject.token)).body).toMatchObject({ quota_remaining: -1 });
  });

  it('of a record that says no tier has what every buyer has', async () => {
    const record = numberRecord(subject.token, 0);
    await subject.addRecord(subject.userId, {
      ...record,
      tier: '',
      access_tier: '',
      accessTier: '',
    });
    expect((await subject.search(subject.token)).body).toMatchObject({
      access_tier: 'registered',
      quota_remaining: 9,
    });
  });

  it.each([
    ['a derived one', () => `tok_perm_${'0123456789abcdef'.repeat(2)}`],
    ['a UUID', uuidToken],
    ['a random one of the marketplace', () => `tok_${'0123456789abcdef'.repeat(4)}`],
  ])(
    'that no record has, %s, is looked up twice: its record may be newer than the index',
    async (_what, make) => {
      cloud.cloud.calls.reset();
      expect((await subject.search(make())).statusCode).toBe(403);
      expect(cloud.cloud.calls.count('dynamodb', 'Query')).toBe(2);
    },
  );

  it.each([
    ['a word', 'undefined'],
    ['a derived one that is cut', `tok_perm_${'0'.repeat(31)}`],
    ['a derived one with other letters', `tok_perm_${'g'.repeat(32)}`],
    ['a UUID with a blank', ` ${crypto.randomUUID()}`],
    ['a flood’s longest', 'x'.repeat(200)],
  ])('that cannot be one, %s, is refused at the first look', async (_what, token) => {
    cloud.cloud.calls.reset();
    const { statusCode, body } = await subject.search(token);
    expect({ statusCode, code: body.code }).toEqual({ statusCode: 403, code: 'UNKNOWN_TOKEN' });
    expect(cloud.cloud.calls.count('dynamodb', 'Query')).toBe(1);
    expect(subject.platform.counted('TokenUnknown')).toBe(1);
  });

  it('of a form that is unknown here opens what it stands on all the same', async () => {
    await subject.addRecord(subject.userId, numberRecord('legacy/7 of 2024', 0));
    expect((await subject.search('legacy/7 of 2024')).statusCode).toBe(200);
  });

  it('never reaches the log, and neither does whose it is', async () => {
    await subject.addUser();
    await subject.addRecord(subject.userId, numberRecord(subject.token, 10));
    await subject.search(subject.token, { user_email: subject.email });
    await subject.search('tok_perm_unknown');
    const lines = JSON.stringify(subject.platform.lines);
    expect(lines).not.toContain(subject.token);
    expect(lines).not.toContain('tok_perm_');
    expect(lines).not.toContain('@');
    expect(subject.platform.summaries()).toMatchObject([
      { unit: 'validateToken', outcome: 'QUOTA_EXCEEDED', userId: subject.userId },
      { outcome: 'UNKNOWN_TOKEN' },
    ]);
  });
});

it('takes null for what a client leaves out', async () => {
  await subject.addRecord(subject.userId, numberRecord(subject.token, 0));
  const nothing = { user_email: null, action: null, check_only: null };
  expect((await subject.search(subject.token, nothing)).body).toMatchObject({ quota_remaining: 9 });
});

it.each([
  ['no token', { solution_id: 's' }, 'token'],
  ['an empty token', { token: '', solution_id: 's' }, 'token'],
  ['a token of another type', { token: 1, solution_id: 's' }, 'token'],
  ['a token without end', { token: 't'.repeat(201), solution_id: 's' }, 'token'],
  ['no solution', { token: 't' }, 'solution_id'],
  ['another action', { token: 't', solution_id: 's', action: 'delete' }, 'action'],
  [
    'a check that is no yes or no',
    { token: 't', solution_id: 's', check_only: 'yes' },
    'check_only',
  ],
])('answers 400 to %s, and names it', async (_what, request, field) => {
  const { statusCode, body } = await subject.ask(request);
  expect(statusCode).toBe(400);
  expect(body).toMatchObject({ error: { code: 'INVALID_REQUEST', fields: [{ field }] } });
});

describe('a buyer of passes', () => {
  /** As the record stands while nothing has told it of the end yet. */
  const grants = (...months: number[]) =>
    Object.fromEntries(
      months.map((count, index) => [
        `txn_${index}`,
        {
          tier: 'basic',
          planId: 'basic',
          at: `2025-10-2${index + 3}T10:00:00.000Z`,
          months: count,
        },
      ]),
    );
  const held = (token: string, more: Record<string, unknown>) => ({
    ...numberRecord(token, 20),
    tier: 'basic',
    access_tier: 'basic',
    accessTier: 'basic',
    baseTier: 'registered',
    ...more,
  });

  it('has fifty searches a day, and is told when they end', async () => {
    await subject.addRecord(subject.userId, held(subject.token, { grants: grants(1, 1) }));
    expect((await subject.search(subject.token)).body).toMatchObject({
      access_tier: 'basic',
      access_ends_at: '2025-12-23T10:00:00.000Z',
      user: { tier: 'basic' },
      quota: { daily_limit: 50, daily_used: 21 },
    });
  });

  it('has ten from the end’s very second on, with one query, one read and at most one write', async () => {
    await subject.addRecord(subject.email, { ...held(subject.token, { grants: grants(1) }) });
    await subject.addRecord(subject.userId, held(subject.token, { grants: grants(1) }));
    subject.platform.setNow(new Date('2025-11-23T09:59:59.999Z'));
    expect((await subject.search(subject.token)).body).toMatchObject({ access_tier: 'basic' });
    subject.platform.setNow(new Date('2025-11-23T10:00:00.000Z'));
    cloud.cloud.calls.reset();
    const { statusCode, body } = await subject.search(subject.token);
    expect(statusCode).toBe(429);
    expect(body).toMatchObject({ access_tier: 'registered', quota: { daily_limit: 10 } });
    expect(body).not.toHaveProperty('access_ends_at');
    expect(cloud.cloud.calls.snapshot()).toEqual({
      'dynamodb:Query': 1,
      'dynamodb:BatchGetItem': 1,
    });
  });

  it('has the better or the longer one of two records', async () => {
    await subject.addRecord(subject.email, held(subject.token, { grants: grants(1, 1, 1) }));
    await subject.addRecord(subject.userId, held(subject.token, { grants: grants(1, 1) }));
    expect((await subject.search(subject.token)).body).toMatchObject({
      access_ends_at: '2026-01-23T10:00:00.000Z',
    });
  });

  it('is offered what is more than they have, of what is on sale', async () => {
    const plansOnSale = JSON.stringify(['pro', 'basic-monthly', 'enterprise-monthly']);
    const shop = createSubject(cloud, { PLANS_ON_SALE: plansOnSale });
    await shop.addRecord(shop.userId, held(shop.token, { grants: grants(12), dailyUsage: 50 }));
    expect((await shop.search(shop.token)).body).toMatchObject({ upgrade: { plan_id: 'pro' } });
    const registered = createSubject(cloud, { PLANS_ON_SALE: plansOnSale });
    await registered.addRecord(registered.userId, numberRecord(registered.token, 10));
    expect((await registered.search(registered.token)).body).toMatchObject({
      upgrade: { plan_id: 'basic-monthly', daily_limit: 50 },
    });
  });
});
