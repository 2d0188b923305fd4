import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { describe, expect, it } from 'vitest';
import {
  type Difference,
  declinedStatus,
  paidAt,
  paidStatus,
  sampleLetter,
  sampleOrder,
  sampleStory,
  transactionId,
} from '../testing/sample-story.ts';
import { isFine, judgeStory } from './judge-story.ts';

const judge = async (difference: Difference) => judgeStory(await sampleStory(difference));
const repair = `./payments payment ${transactionId} --repair`;
const resend = `./payments payment ${transactionId} --resend-mail`;

/** A row that needs an operator for this, as it was written. */
const inAttention = (reason: AttentionReason, row: object = {}) => ({
  ...row,
  ...toRow(
    raiseAttention(
      { transactionId },
      { reason, id: 'f', at: paidAt, detail: 'why' },
      { shardCount: 1 },
    ),
  ),
});
const toRow = ({ attention, attentionSince }: ReturnType<typeof raiseAttention>) => ({
  attention: Object(attention),
  attentionSince: String(attentionSince),
});

const pending = { status: 'PENDING', completedAt: undefined } as const;
const failed = {
  status: 'FAILED',
  failureReason: 'DECLINED',
  failureAttempted: true,
  failedAt: paidAt,
  completedAt: undefined,
} as const;
const pendingStatus = { ...paidStatus, state: 'PENDING', gatewayState: 'PENDING' } as const;
const early = '2025-11-23T09:05:00.000Z';
const pro = { tier: 'pro' };
const registered = { tier: 'registered' };
const sent = { state: 'sent', messageId: 'm', sentAt: paidAt } as const;
const unknown = { state: 'unknown', since: paidAt, why: 'timeout' } as const;
const claim = { state: 'sending', claimId: 'c', claimedAt: '2025-11-23T10:09:50.000Z' } as const;
const deadClaim = { ...claim, claimedAt: paidAt };
const user = { userId: 'u-1', email: 'u@example.com' };
const behind = { kind: 'read', value: { ...user, subscriptionTier: 'registered' } } as const;
const platinum = { kind: 'read', value: { ...user, subscriptionTier: 'platinum' } } as const;
const gone = { kind: 'read', value: undefined } as const;
const silent = { kind: 'unreachable', reason: 'timed out' } as const;
const justNow = { newsAt: new Date('2025-11-23T10:09:30.000Z') };
const records = (byUserId: object | undefined, byEmail: object[]) =>
  ({ kind: 'read', value: [{ byUserId, byEmail }] }) as const;
const other = {
  transactionId: 'txn_MP-u-1-1763888300-other1',
  createdAt: '2025-11-23T08:00:00.000Z',
  status: 'COMPLETED',
  amountInPaisa: 29_900,
  duplicateOf: undefined,
  accessRevokedAt: undefined,
};
const others = (...orders: (typeof other | object)[]) =>
  ({
    kind: 'read',
    value: { orders: orders.map((each) => ({ ...other, ...each })), isCut: false },
  }) as const;

it.each<[string, Difference, string | RegExp]>([
  ['paid, recorded and held', {}, 'our books say what PhonePe says'],
  ['declined', { row: failed, gateway: declinedStatus, mails: { failed: sent } }, 'DECLINED'],
  ['one record only', { records: records(pro, []) }, 'no entitlement record by email'],
  [
    'taken back',
    { row: { accessRevokedAt: paidAt, refunds: { r: 29_900 } } },
    '₹299 were refunded',
  ],
  ['suspended', { records: records({ ...pro, status: 'suspended' }, []) }, 'suspended this buyer'],
  ['paid again', { others: others({ duplicateOf: transactionId }) }, 'a second time'],
  [
    'an old order without notes of its mails',
    { mails: {}, lookedAt: '2026-01-23T10:10:00.000Z' },
    /./,
  ],
  ['an order of the replaced system', { mails: {}, row: { completedAt: undefined } }, /./],
  [
    'a mail of a failure that the buyer needs no more',
    { mails: { welcome: sent, failed: unknown } },
    /not to be sent now/,
  ],
])('consistent: %s', async (_what, difference, words) => {
  const verdict = await judge(difference);
  expect(verdict).toMatchObject({ kind: 'consistent', isCertain: true });
  expect(verdict.command).toBeUndefined();
  expect(verdict.findings.join('\n')).toMatch(words);
  expect(isFine(verdict)).toBe(true);
});

it.each<[string, Difference, string]>([
  ['not paid yet', { row: pending, gateway: pendingStatus, lookedAt: early }, 'can be paid until'],
  [
    'unknown there yet',
    { row: pending, gateway: { kind: 'notFound' }, lookedAt: early },
    'not know',
  ],
  [
    'no outcome past its expiry',
    { row: { ...pending, openShard: 'OPEN#0' }, gateway: pendingStatus },
    'sweep goes on asking',
  ],
  [
    'superseded',
    { row: { ...pending, supersededBy: 'txn_x' }, gateway: pendingStatus, lookedAt: early },
    'no buyer ever had the page',
  ],
  [
    'late money may come',
    {
      row: { ...failed, failureReason: 'EXPIRED', failureAttempted: false },
      gateway: pendingStatus,
    },
    'late money is looked for',
  ],
  ['effects on their way', { user: behind, live: { tiers: 1 }, ...justNow }, 'published just now'],
  ['a mail on its way', { mails: {}, live: { notifications: 1 }, ...justNow }, 'still to be sent'],
  ['a mail being sent', { mails: { welcome: claim } }, 'is being sent'],
])('waiting: %s', async (_what, difference, words) => {
  const verdict = await judge(difference);
  expect(verdict).toMatchObject({ kind: 'waiting', isCertain: true });
  expect(verdict.command).toBeUndefined();
  expect(verdict.findings.join('\n')).toContain(words);
  expect(isFine(verdict)).toBe(true);
});

const letters = [{ queue: 'notifications', letters: [sampleLetter()] }];

it.each<[string, Difference, string, string]>([
  ['not recorded', { row: pending }, 'the webhook was lost', repair],
  ['a failure not recorded', { row: pending, gateway: declinedStatus }, 'FAILED, DECLINED', repair],
  ['unknown there', { row: pending, gateway: { kind: 'notFound' } }, 'has expired', repair],
  ['the tier is missing', { user: behind }, "the user's tier is behind", repair],
  ['old news in the queue', { user: behind, live: { tiers: 1 } }, "the user's tier", repair],
  ['one record behind', { records: records(pro, [registered]) }, 'by email is behind', repair],
  ['no record at all', { records: records(undefined, []) }, 'no entitlement record at all', repair],
  ['a mail stuck', { letters, mails: {} }, 'after 8 attempts: SES was down', repair],
  ['a mail never sent', { mails: {} }, 'never sent', repair],
  [
    'a mail of a failure never sent',
    { row: failed, gateway: declinedStatus, mails: {} },
    'mail about the failure was never sent',
    repair,
  ],
  ['a mail whose sender died', { mails: { welcome: deadClaim } }, 'function died', repair],
  [
    'what needs no person any more',
    { row: inAttention('NO_OUTCOME') },
    'It does not any more: --repair ends it',
    repair,
  ],
  ['a mail that is unknown', { mails: { welcome: unknown } }, 'may arrive twice', resend],
  ['that and more', { user: behind, mails: { welcome: unknown } }, 'may arrive twice', repair],
  [
    'a mail about an open page that is unknown',
    { row: pending, gateway: pendingStatus, lookedAt: early, mails: { initiated: unknown } },
    'may arrive twice',
    resend,
  ],
])('repairable: %s', async (_what, difference, words, command) => {
  const verdict = await judge(difference);
  expect(verdict).toMatchObject({ kind: 'repairable', isCertain: true, command });
  expect(verdict.findings.join('\n')).toContain(words);
  expect(isFine(verdict)).toBe(false);
});

it.each<[string, Difference, string]>([
  ['another amount', { gateway: { ...paidStatus, amountInPaisa: 100 } }, 'over ₹1'],
  ['another merchant', { gateway: { ...paidStatus, isOurs: false } }, 'another merchant'],
  ['a contradiction', { gateway: declinedStatus, letters, mails: {} }, 'Our books say paid'],
  ['paid twice', { row: { duplicateOf: other.transactionId }, others: others({}) }, 'owed back'],
  [
    'a letter that can never succeed',
    { letters: [{ queue: 'tiers', letters: [sampleLetter({ obstacle: 'schema mismatch' })] }] },
    './payments dlq show tiers m-1',
  ],
])('an operator has to decide: %s', async (_what, difference, words) => {
  const verdict = await judge(difference);
  expect(verdict).toMatchObject({ kind: 'person', isCertain: true });
  expect(verdict.command).toBeUndefined();
  expect(verdict.findings[0]).toContain(words);
  expect(isFine(verdict)).toBe(false);
});

it('a payment is not known, and not consistent, while PhonePe does not answer', async () => {
  const verdict = await judge({ row: pending, gateway: silent, mails: {}, lookedAt: early });
  expect(verdict).toMatchObject({ kind: 'unknown', isCertain: false });
  expect(verdict.findings[0]).toContain('Whether it was paid is not known');
  expect(isFine(verdict)).toBe(false);
});

it('a letter that PhonePe does not confirm is for an operator, and hides no mail that is missing', async () => {
  const forged = sampleLetter({}, sampleCompleted(sampleOrder({ userId: 'stranger' }), paidAt));
  const verdict = await judge({
    letters: [{ queue: 'notifications', letters: [forged] }],
    mails: {},
  });
  expect([...verdict.needs]).toEqual(['publish', 'person']);
  expect(verdict.findings[0]).toContain('another user');
  expect(verdict.findings[0]).toContain('./payments dlq show notifications m-1');
  expect(verdict.findings.join('\n')).toContain('never sent');
});

it('no letter goes back while PhonePe does not answer', async () => {
  const verdict = await judge({ gateway: silent, letters });
  expect(verdict.command).toBeUndefined();
  expect(verdict.findings.join('\n')).toContain('--repair leaves it there: PhonePe could not be');
});

it('a buyer with a tier that the catalogue does not know has what was paid for, and it is named', async () => {
  const verdict = await judge({
    user: { kind: 'read', value: { ...user, subscriptionTier: 'campus' } },
    records: records({ access_tier: 'campus' }, []),
  });
  expect(verdict.kind).toBe('consistent');
  expect(verdict.findings.join('\n')).toContain('"campus", which the catalogue does not know');
});

describe('where the user of a paid order is gone', () => {
  it('nothing is repaired before an operator has restored it, and the command is told for then', async () => {
    const tiers = { queue: 'tiers', letters: [sampleLetter({ subscriber: 'tiers' })] };
    const verdict = await judge({ user: gone, mails: {}, letters: [tiers] });
    expect(verdict).toMatchObject({ kind: 'person', command: repair });
    expect([...verdict.needs]).toEqual(['person']);
  });

  it('a payment that is not recorded is recorded all the same', async () => {
    expect(await judge({ user: gone, row: pending })).toMatchObject({ kind: 'repairable' });
  });

  it('a failed order lacks nothing', async () => {
    const verdict = await judge({
      user: gone,
      row: failed,
      gateway: declinedStatus,
      mails: { failed: sent },
    });
    expect(verdict.kind).toBe('consistent');
  });
});

it.each<[string, Difference, string]>([
  ['PhonePe', { gateway: silent }, 'PhonePe could not be asked: timed out'],
  [
    'PhonePe, and says why',
    { gateway: { ...silent, reason: 'no token: 401' } },
    'PhonePe could not be asked: no token: 401.',
  ],
  ['the user', { user: { kind: 'unread', why: 'denied' } }, 'The user could not be read: denied'],
  ['the records', { records: { kind: 'unread', why: 'denied' } }, 'entitlement records'],
  ['the mails', { mails: { kind: 'unread', why: 'denied' } }, 'What was mailed'],
  ['other orders', { others: { kind: 'unread', why: 'denied' } }, "buyer's other orders"],
  [
    'letters that another client holds',
    { letters: [{ queue: 'tiers', letters: [], heldByOthers: 3 }] },
    'could not be seen: 3',
  ],
])('is not certain where it could not see %s', async (_what, difference, words) => {
  const verdict = await judge(difference);
  expect(verdict.isCertain).toBe(false);
  expect(verdict.findings.join('\n')).toContain(words);
  expect(isFine(verdict)).toBe(false);
});

it('what was found is said although PhonePe is silent', async () => {
  const verdict = await judge({ gateway: silent, user: behind });
  expect(verdict).toMatchObject({ kind: 'repairable', isCertain: false, command: repair });
});

it('says first what needs an operator, then what is repaired, and last what only informs', async () => {
  const { findings } = await judge({ row: { duplicateOf: 'txn_x' }, user: behind });
  expect(findings.map((each) => each.slice(0, 14))).toEqual([
    'The buyer had ',
    'Paid, but the ',
    'Paid, and our ',
  ]);
});

describe('an order that needs an operator', () => {
  it.each([
    ['DISPUTE', {}],
    ['PARTIAL_REFUND', {}],
    ['REFUND_FAILED', {}],
    ['UNKNOWN_TIER', { user: platinum }],
  ] as const)(
    'for %s is told with the word that ends it, which no repair does',
    async (reason, difference) => {
      const verdict = await judge({ row: inAttention(reason), ...difference });
      expect(verdict).toMatchObject({
        kind: 'person',
        command: `./payments attention resolve ${transactionId} --reason ${reason} --why "..."`,
      });
      expect(verdict.findings[0]).toContain(`It needs an operator for ${reason} since ${paidAt}`);
      expect(verdict.findings[0]).toContain('(why)');
    },
  );

  it('for an unknown tier is done with once the buyer holds one that is known', async () => {
    const verdict = await judge({ row: inAttention('UNKNOWN_TIER') });
    expect(verdict).toMatchObject({ kind: 'repairable', command: repair });
    expect(verdict.findings.join('\n')).toContain('It does not any more');
  });

  it('for a mismatch is repaired once PhonePe’s final answer fits', async () => {
    const verdict = await judge({ row: inAttention('MISMATCH') });
    expect(verdict).toMatchObject({ kind: 'repairable', command: repair });
  });

  it('for a mismatch is left to the person while PhonePe has no final answer', async () => {
    const verdict = await judge({ row: inAttention('MISMATCH', pending), gateway: pendingStatus });
    expect(verdict.kind).toBe('person');
    expect(verdict.command).toContain('attention resolve');
  });

  it('for missing effects is repaired like them, and ends where the buyer holds them', async () => {
    const row = inAttention('EFFECTS_MISSING');
    expect(await judge({ row, user: behind })).toMatchObject({ kind: 'repairable' });
    expect((await judge({ row })).findings.join('\n')).toContain('It does not any more');
  });

  it('for an outcome that never arrived is repaired by publishing it', async () => {
    const verdict = await judge({ row: inAttention('NOT_REACHED', pending) });
    expect(verdict).toMatchObject({ kind: 'repairable', command: repair });
  });
});

it('does not say that the sweep asks about an order that it will not meet again', async () => {
  const { findings } = await judge({ row: pending, gateway: pendingStatus });
  expect(findings.join('\n')).toContain('The sweep asks no more.');
});

it('offers to end access where a dispute was lost, and the operator’s word once it has ended', async () => {
  const at = '2025-11-24T10:00:00.000Z';
  const dispute = { state: 'LOST', since: at, at, gatewayState: 'CHARGEBACK_LOST' } as const;
  const attention = { DISPUTE: { since: at, facts: { D1: { at } } } };
  const row = { disputes: { D1: dispute }, attention, attentionVersion: 1 };
  const paid = { status: 'COMPLETED', completedAt: '2025-11-23T10:00:00.000Z' } as const;
  const commandOf = async (change: { accessRevokedAt?: string }) =>
    judgeStory(await sampleStory({ row: { ...paid, ...row, ...change } })).command;
  expect(await commandOf({})).toMatch(/access end txn_\S+ --reason dispute-lost$/);
  expect(await commandOf({ accessRevokedAt: at })).toMatch(
    /attention resolve \S+ --reason DISPUTE/,
  );
});
