import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSubject, mapRecord, numberRecord, type Subject, TODAY } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  // A busy machine answers a hundred calls at once late: what is counted must not depend on it.
  cloud = await startTestCloud({ patience: 100 });
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

const TOMORROW = '2025-11-24';
const shapes = [
  ['by user id', 'userId', (used: number, day: string) => numberRecord(subject.token, used, day)],
  ['by email', 'email', (used: number, day: string) => mapRecord(subject.token, { [day]: used })],
] as const;

/** Status codes of many searches at once, sorted. */
async function searchAtOnce(count: number): Promise<Record<number, number>> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => subject.search(subject.token)),
  );
  const counts: Record<number, number> = {};
  for (const { statusCode } of answers) counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  return counts;
}

async function usedOn(owner: string, day: string): Promise<unknown> {
  const record = await subject.record(owner);
  const days = record?.usage as { daily_usage?: Record<string, number> } | undefined;
  return days ? days.daily_usage?.[day] : record?.dailyUsage;
}

it.each(shapes)(
  '100 searches at once at 9 of 10 used: one goes through, on the record %s',
  async (_which, owner, record) => {
    await subject.addRecord(subject[owner], record(9, TODAY));
    expect(await searchAtOnce(100)).toEqual({ 200: 1, 429: 99 });
    expect(await usedOn(subject[owner], TODAY)).toBe(10);
  },
);

it.each(shapes)(
  '40 searches at once on a new day: ten go through, on the record %s',
  async (_which, owner, record) => {
    await subject.addRecord(subject[owner], record(10, TODAY));
    subject.platform.setNow(new Date(`${TOMORROW}T00:00:00.000Z`));
    expect(await searchAtOnce(40)).toEqual({ 200: 10, 429: 30 });
    expect(await usedOn(subject[owner], TOMORROW)).toBe(10);
  },
);

it('40 searches at once on a record that has counted nothing yet: ten go through', async () => {
  const { usage: _usage, ...record } = mapRecord(subject.token, {});
  await subject.addRecord(subject.email, record);
  expect(await searchAtOnce(40)).toEqual({ 200: 10, 429: 30 });
  expect(await usedOn(subject.email, TODAY)).toBe(10);
});

it('no search is counted twice where clocks differ around midnight', async () => {
  await subject.addRecord(subject.userId, numberRecord(subject.token, 10));
  const ahead = createSubject(cloud);
  ahead.platform.setNow(new Date(`${TOMORROW}T00:00:00.500Z`));
  subject.platform.setNow(new Date(`${TODAY}T23:59:59.500Z`));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      (index % 2 === 0 ? ahead : subject).search(subject.token),
    ),
  );
  const allowed = answers.filter(({ statusCode }) => statusCode === 200).length;
  expect(await usedOn(subject.userId, TOMORROW)).toBe(10);
  expect(allowed).toBe(10);
});

it('is one write for a search, also for a day’s first', async () => {
  await subject.addRecord(subject.userId, numberRecord(subject.token, 10, '2025-11-22'));
  cloud.cloud.calls.reset();
  await subject.search(subject.token);
  await subject.search(subject.token);
  expect(cloud.cloud.calls.snapshot()).toMatchObject({
    'dynamodb:Query': 2,
    'dynamodb:UpdateItem': 2,
  });
});
