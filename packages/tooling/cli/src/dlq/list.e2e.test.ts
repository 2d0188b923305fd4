import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { subscriberNames } from '@cloudnestle/topology/subscribers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { exhausted, toBody } from '../testing/dead-letters.ts';
import { everyKind, putEveryKind, secrets } from './testing/every-kind.ts';
import { type LookRun, startLookRun, steering } from './testing/look-run.ts';

let look: LookRun;

beforeAll(async () => {
  look = await startLookRun();
});
afterEach(async () => {
  await look.empty();
});
afterAll(async () => {
  await look?.stop();
});

it('counts every queue, names the oldest event and the last failure, and leaves all where it is', async () => {
  await putEveryKind(look.run, look.mailroom);
  const live = look.run.provisioned.queues.tiers?.url ?? '';
  await look.mailroom.put(live, [{ body: toBody(sampleCompleted()) }]);
  const { exitCode, stdout, stderr } = await look.dlq('list', '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { stage, queues } = JSON.parse(stdout);
  expect(stage).toBe('local');
  expect(queues).toHaveLength(2 * (subscriberNames.length + 1) + 1);
  expect(queues).toContainEqual({ queue: 'tiers', kind: 'live', waiting: 1, inFlight: 0 });
  expect(queues).toContainEqual({
    queue: 'entitlements',
    kind: 'dead letters',
    waiting: 1,
    inFlight: 0,
    seen: 1,
    isCut: false,
    oldestEventAt: '2025-11-23T10:00:00.000Z',
    lastFailedAt: '2025-11-23T12:00:00.000Z',
    lastReason: 'schema mismatch in PaymentCompleted: data.plan',
  });
  expect(queues.at(-1)).toMatchObject({ queue: 'delivery', kind: 'dead letters', waiting: 2 });
  // Had it been received, it would be hidden now.
  expect(await look.mailroom.takeAll(live)).toHaveLength(1);
  expect(await look.empty()).toEqual(everyKind);
});

it('is a table for people, which no letter can steer or make tell an address', async () => {
  await putEveryKind(look.run, look.mailroom);
  const { exitCode, stdout } = await look.dlq('list');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /entitlements dead letters +│ 1 +│ 0 +│ \d+ d[^│]*│ schema mismatch in PaymentC/,
  );
  expect(stdout).not.toMatch(steering);
  for (const secret of secrets) expect(stdout).not.toContain(secret);
});

it('says so where there are none, with exit status 0', async () => {
  const { exitCode, stdout } = await look.dlq('list');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/No dead letters\.\n$/);
});

it('looks at a thousand letters and says that there are more', async () => {
  const body = toBody(sampleCompleted());
  const letters = Array.from({ length: 1004 }, () => ({ body, attributes: exhausted('down') }));
  await look.mailroom.put(look.deadLetterUrl('tiers'), letters);
  const { stdout } = await look.dlq('list');
  expect(stdout).toMatch(/tiers dead letters +│ 1,004 .*\(oldest of 1,000 seen\)/);
  expect(await look.empty()).toEqual({ tiers: 1004 });
});
