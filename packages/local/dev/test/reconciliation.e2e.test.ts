import { callbackResponseSchema } from '@cloudnestle/contracts/http/callback';
import { paymentStatusResponseSchema } from '@cloudnestle/contracts/http/payment-status';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalRun } from '../src/start.ts';
import { finish, type Order, postJson, upgrade } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

/** No buyer who paid waits: each of the nets alone, all of them at once, and what only time brings. */
let run: LocalRun;
let marketplace: TestMarketplace;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

beforeAll(async () => {
  run = await startTestRun({
    demoData: false,
    retryScale: 0,
    gatewayCallsPerSecond: 1000,
  });
  marketplace = createTestMarketplace(run);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

interface Purchase {
  buyer: Buyer;
  order: Order;
}

async function buy(): Promise<Purchase> {
  const buyer = await marketplace.addBuyer();
  return { buyer, order: await upgrade(run, buyer) };
}

const pay = ({ order }: Purchase, webhook: 'send' | 'lose') =>
  finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook });

/** `count` buyers who paid, and whose webhooks are all lost. */
const buyUnheard = (count: number) =>
  mapConcurrently(Array.from({ length: count }), 16, async () => {
    const purchase = await buy();
    await pay(purchase, 'lose');
    return purchase;
  });

const sweep = () => run.schedules.sweep.runNow();
const lastSweep = () =>
  run.timeline
    .summaries()
    .filter(({ unit }) => unit === 'sweep')
    .at(-1)?.fields;
const effectsOf = ({ buyer, order }: Purchase) => marketplace.effectsOn(buyer, order.transactionId);

async function expectAllPro(purchases: readonly Purchase[]): Promise<void> {
  await run.idle();
  const effects = await mapConcurrently(purchases, 16, effectsOf);
  expect(effects).toEqual(purchases.map(() => everythingDone));
  const welcomes = await marketplace.countWelcomeMails();
  expect(purchases.map(({ buyer }) => welcomes.get(buyer.email))).toEqual(purchases.map(() => 1));
}

it('40 buyers whose webhooks were all lost become Pro by the sweep alone', async () => {
  const purchases = await buyUnheard(40);
  advanceClock(MINUTE_MS);
  await sweep();
  expect(lastSweep()).toMatchObject({ due: 40, settled: 40, errors: 0, parked: 0 });
  await expectAllPro(purchases);
});

it('a buyer who comes back becomes Pro within the page’s polling, by the return alone', async () => {
  const purchases = await buyUnheard(8);
  const views = await Promise.all(purchases.map(comeBack));
  expect(views).toEqual(purchases.map(() => 'GRANTED'));
  await expectAllPro(purchases);
});

it('webhook, return and sweep that find the same payment at the same moment make one welcome mail', async () => {
  const purchases = await mapConcurrently(Array.from({ length: 8 }), 8, buy);
  advanceClock(MINUTE_MS);
  await Promise.all([
    ...purchases.flatMap((purchase) => [pay(purchase, 'send'), announce(purchase.order)]),
    sweep(),
    sweep(),
  ]);
  // A sweep that was early saw a payment that was not made yet.
  advanceClock(MINUTE_MS);
  await Promise.all([...purchases.map(({ order }) => announce(order)), sweep()]);
  await expectAllPro(purchases);
});

it('an order that expired here and was paid an hour later becomes Pro', async () => {
  const purchase = await buy();
  advanceClock(40 * MINUTE_MS);
  await sweep();
  await run.idle();
  expect(await effectsOf(purchase)).toMatchObject({ status: 'FAILED', tier: 'registered' });
  advanceClock(HOUR_MS);
  await pay(purchase, 'lose');
  await sweep();
  await expectAllPro([purchase]);
});

it.each<[string, (purchase: Purchase) => Promise<unknown>]>([
  ['the user row is back to registered', ({ buyer }) => marketplace.damage.user(buyer)],
  ['one entitlement record is back', ({ buyer }) => marketplace.damage.record(buyer.email)],
  [
    'the transaction is back to PENDING',
    ({ order }) => marketplace.damage.transaction(order.transactionId),
  ],
])(
  'where %s before the order was verified, the sweep repairs it and says so',
  async (_what, damage) => {
    const purchase = await buy();
    await pay(purchase, 'send');
    await run.idle();
    await damage(purchase);
    expect(await effectsOf(purchase)).not.toEqual(everythingDone);
    const repairs: number[] = [];
    for (const minutes of [6, 60]) {
      advanceClock(minutes * MINUTE_MS);
      await sweep();
      await run.idle();
      repairs.push(Number(lastSweep()?.repaired) + Number(lastSweep()?.settled));
    }
    expect(repairs.reduce((a, b) => a + b)).toBe(1);
    await expectAllPro([purchase]);
  },
);

/** What a return page does: announces once, then asks at the pace that the API sets, for a minute. */
async function comeBack({ order }: Purchase) {
  await announce(order);
  const startedAt = performance.now();
  for (;;) {
    const answer = await fetch(`${run.url}/payments/status/${order.transactionId}`);
    const { access, retryAfterMs } = paymentStatusResponseSchema.parse(await answer.json());
    if (retryAfterMs === 0 || performance.now() - startedAt > MINUTE_MS) return access;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
}

async function announce({ transactionId }: Order): Promise<void> {
  const answer = await postJson(`${run.url}/payments/callback`, { transactionId });
  expect(answer.status).toBe(200);
  callbackResponseSchema.parse(await answer.json());
}
