import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countCalls, killAtCall } from '../testing/kill-payments.ts';
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
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

const ORDERS = 4;
const KILLS = 6;
const SWEEP = ['reconcile', '--rate', '1000'];

it(`a sweep that is killed at ${KILLS} random points and run again ends where one without kills ends`, async () => {
  const unharmed = await buyUnheard();
  await pauseSubscribers();
  const calls = await countCalls(run, () => runPayments(run, SWEEP));
  await resumeSubscribers();
  const expected = await endStateOf(unharmed);
  expect(expected.map(({ effects }) => effects)).toEqual(unharmed.map(() => everythingDone));

  const harmed = await buyUnheard();
  // As long as no subscriber hears the events, every sweep finds all of these orders again.
  await pauseSubscribers();
  const points: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const point = 1 + Math.floor(((kill + Math.random()) / KILLS) * calls);
    points.push(point);
    const { exitCode } = await killAtCall(run, point, SWEEP);
    expect(exitCode, `killed at call ${point} of ${calls}`).toBe(-1);
  }
  await resumeSubscribers();
  const last = await runPayments(run, SWEEP);
  expect(last.exitCode, last.stderr).toBe(0);
  expect(await endStateOf(harmed), `killed at the calls ${points}`).toEqual(expected);
});

async function buyUnheard() {
  const purchases = [];
  for (let made = 0; made < ORDERS; made += 1) {
    const buyer = await marketplace.addBuyer();
    const order = await upgrade(run, buyer);
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
    purchases.push({ buyer, order });
  }
  await run.idle();
  return purchases;
}

/** What two groups of buyers share once a sweep has seen all effects: these, mails, and what each row says but for names and moments. */
async function endStateOf(purchases: Awaited<ReturnType<typeof buyUnheard>>) {
  await run.idle();
  await runPayments(run, SWEEP);
  await run.idle();
  return Promise.all(
    purchases.map(async ({ buyer, order: { transactionId } }) => {
      const row = await marketplace.get('transactions', { transactionId });
      return {
        effects: await marketplace.effectsOn(buyer, transactionId),
        welcomeMails: await marketplace.welcomeMails(buyer),
        // So many kills publish an outcome so often that the order may need an operator for a while: only the number of
        // changes is left of that.
        attributes: Object.keys(row ?? {})
          .filter((name) => name !== 'attentionVersion')
          .toSorted(),
        history: Object.keys(row?.history ?? {}).length,
      };
    }),
  );
}

const pauseSubscribers = () => Promise.all(Object.values(run.pollers).map((each) => each.pause()));
function resumeSubscribers(): void {
  for (const poller of Object.values(run.pollers)) poller.resume();
}
