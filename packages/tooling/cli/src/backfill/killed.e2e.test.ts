import { afterAll, beforeAll, expect, it } from 'vitest';
import { countCalls, killAtCall } from '../testing/kill-payments.ts';
import { oldRow } from './testing/old-row.ts';
import { type Subject, startSubject } from './testing/subject.ts';

let subject: Subject;

beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject?.stop());

const ROWS = 18;
const KILLS = 4;
/**
 * A row is read and written; of a paid one its buyer's item, too, and the buyer's row and two records are looked at, then
 * read and written.
 */
const callsOf = ({ status }: { status?: unknown }) => (status === 'COMPLETED' ? 4 + 3 * 3 : 2);
const FLAGS = ['--yes', '--rate', '100000'];
const isOwn = ({ service }: { service: string }) => service === 'dynamodb';
const startedAt = Date.now();

const oldRows = Array.from({ length: ROWS }, (_, at) =>
  oldRow(`buyer-${at}`, new Date(startedAt - at * 3_600_000), {
    status: ['PENDING', 'COMPLETED', 'FAILED'][at % 3],
  }),
);
const keys = ['transactions', 'checkouts', 'users', 'entitlements'] as const;
const stored = async (table: (typeof keys)[number]) => {
  const all = await subject.old.rows(table);
  const stamps = { updatedAt: undefined, updated_at: undefined };
  const nameOf = (row: Record<string, unknown>) =>
    row.transactionId ?? row.checkoutKey ?? row.userId ?? row.pk;
  const isKept = table === 'transactions' || table === 'checkouts';
  return new Map(all.map((row) => [nameOf(row), isKept ? row : { ...row, ...stamps }]));
};
const storedAll = () => Promise.all(keys.map(stored));
const rebuild = async () => {
  await subject.rebuild('checkouts', { rows: [] });
  const buyers = oldRows.map((row) => [String(row.userId), String(row.userEmail)] as const);
  const users = buyers.map(([userId, email]) => ({ userId, email, subscriptionTier: 'pro' }));
  const records = buyers.flat().map((owner) => ({
    pk: `user#${owner}`,
    sk: 'solution#aws-solution-finder',
    tier: 'pro',
    access_tier: 'pro',
  }));
  await subject.rebuild('users', { rows: users });
  await subject.rebuild('entitlements', { rows: records });
  await subject.rebuild('transactions', { rows: oldRows });
};

it(`killed up to ${KILLS} times at random points and run again ends where a run without kills ends`, async () => {
  await rebuild();
  const { run } = subject;
  const calls = await countCalls(run, () => subject.backfill(...FLAGS), isOwn);
  const expected = await storedAll();
  expect(JSON.stringify([...(expected[3] ?? new Map()).values()])).toContain(
    '"grants":{"txn_MP-buyer-1-',
  );

  await rebuild();
  const points: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const rows = [...(await stored('transactions')).values()];
    const done = rows.filter(({ dayShard }) => dayShard !== undefined);
    const callsLeft = calls - done.reduce((sum, row) => sum + callsOf(row), 0);
    // A row that was half done needs fewer calls than these. The first kill comes in the first half, so it always comes.
    points.push(1 + Math.floor(Math.random() * (kill === 0 ? callsLeft / 2 : callsLeft)));
    const { exitCode } = await killAtCall(run, points.at(-1) ?? 1, ['backfill', ...FLAGS], isOwn);
    if (kill > 0 && exitCode === 0) break;
    expect(exitCode, `killed at the calls ${points} of ${calls}`).toBe(-1);
  }
  const last = await subject.work();
  expect(last, `killed at the calls ${points}`).toMatchObject({
    exitCode: 0,
    rows: { looked: ROWS },
  });
  expect(await storedAll()).toEqual(expected);
});
