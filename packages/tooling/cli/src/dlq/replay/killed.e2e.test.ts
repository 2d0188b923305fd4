import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMailroom, exhausted, type Mailroom, toBody } from '../../testing/dead-letters.ts';
import { countCalls, killAtCall } from '../../testing/kill-payments.ts';
import { runPayments } from '../../testing/run-payments.ts';
import { freeQueue } from '../testing/free-queue.ts';

let run: LocalRun;
let mailroom: Mailroom;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  mailroom = createMailroom(run);
  await run.pollers.tiers.pause();
});
afterAll(async () => {
  mailroom?.stop();
  await run?.stop();
});

const LETTERS = 500;
const KILLS = 5;
/** Longer than a replay keeps a letter from others. */
const HIDDEN_MS = 60_000;
const REPLAY = ['dlq', 'replay', 'tiers', '--yes', '--watch', '0'];

it(`of ${LETTERS} letters, none is lost by a replay that is killed ${KILLS} times and run again`, async () => {
  const { url = '', deadLetterUrl = '' } = run.provisioned.queues.tiers ?? {};
  const body = toBody(sampleCompleted());
  const letters = Array.from({ length: LETTERS }, (_, index) => ({
    body: body.replace('"test"', `"${index}"`),
    attributes: exhausted('users table throttled'),
  }));
  const put = letters.map((letter) => letter.body).toSorted();
  expect(new Set(put).size).toBe(LETTERS);

  // What a tenth of them takes tells at which calls to kill.
  await mailroom.put(deadLetterUrl, letters.slice(0, LETTERS / KILLS));
  const calls = await countCalls(run, () => runPayments(run, REPLAY));
  await mailroom.takeAll(url);

  await mailroom.put(deadLetterUrl, letters);
  const points: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const point = 5 + Math.floor(Math.random() * (calls - 5));
    points.push(point);
    const { exitCode } = await killAtCall(run, point, REPLAY);
    expect(exitCode, `killed at call ${point} of ${calls}`).toBe(-1);
    // What the dead process had received is hidden for that long.
    advanceClock(HIDDEN_MS);
    // The queue stays the killed one's for a minute.
    await freeQueue(run, 'tiers');
  }
  const last = await runPayments(run, REPLAY);
  expect(last.exitCode, last.stderr).toBe(0);
  expect(await mailroom.takeAll(deadLetterUrl)).toEqual([]);
  const moved = (await mailroom.takeAll(url)).map((letter) => letter.body);
  expect([...new Set(moved)].toSorted(), `killed at the calls ${points}`).toEqual(put);
  // Only what was sent and not yet deleted when a kill came is there twice: a batch of each worker at most.
  expect(moved.length - LETTERS).toBeLessThanOrEqual(KILLS * 4 * 10);
});
