import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudFault, failNthCall } from '../testing/fail-calls.ts';
import { type Answer, type Shop, startShop } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

const payFaults = [
  { operation: 'pay', kind: 'status', status: 400 },
  { operation: 'pay', kind: 'status', status: 400, afterEffect: true },
  { operation: 'pay', kind: 'status', status: 500, afterEffect: true },
  { operation: 'pay', kind: 'reset' },
] as const;
const cloudFaults: CloudFault[] = [
  { when: 'before', reset: true },
  { when: 'after', reset: true },
  { when: 'before', status: 500, errorType: 'InternalServerError' },
];

const step = fc.oneof(
  fc.record({ kind: fc.constant('click' as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('faultyClick' as const), fault: fc.constantFrom(...payFaults) }),
  fc.record({
    kind: fc.constant('unluckyClick' as const),
    nth: fc.integer({ min: 1, max: 9 }),
    fault: fc.constantFrom(...cloudFaults),
  }),
  fc.record({ kind: fc.constant('halfAnHour' as const) }),
  fc.record({ kind: fc.constant('decline' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test('whatever clicks, faults and time do: a buyer never holds two pages that can be paid, and never pays twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const buyer = await createBuyer();
      for (const each of steps) {
        await buyer.play(each);
        expect(buyer.payablePages().length).toBeLessThanOrEqual(1);
      }
      const [paid] = buyer.payablePages();
      if (!paid) return;
      shop.gateway.sandbox.finish(paid, { outcome: 'COMPLETED' });
      await shop.expirePages(buyer.user);
      const [answer] = await buyer.click(1);
      expect(answer?.body).toMatchObject({ error: { code: 'ALREADY_PAID' } });
      expect(shop.gatewayOrdersOf(buyer.user).at(-1)?.merchantOrderId).toBe(paid);
    }),
    { numRuns: 20 },
  );
});

async function createBuyer() {
  const user = await shop.addUser();
  const handedOut = new Set<string>();
  const click = async (times: number): Promise<Answer[]> => {
    const instance = shop.open();
    const answers = await Promise.all(Array.from({ length: times }, () => instance.click(user)));
    for (const { statusCode, body } of answers) {
      if (statusCode === 200) handedOut.add(String(body.merchantOrderId));
    }
    return answers;
  };
  const payablePages = () =>
    shop.gateway.sandbox.orders
      .list()
      .filter(({ merchantOrderId, state }) => handedOut.has(merchantOrderId) && state === 'PENDING')
      .map(({ merchantOrderId }) => merchantOrderId);
  const play = async (each: Step): Promise<void> => {
    switch (each.kind) {
      case 'click':
        await click(each.times);
        return;
      case 'faultyClick':
        shop.gateway.sandbox.faults.set([each.fault]);
        await click(1);
        shop.gateway.sandbox.faults.clear();
        return;
      case 'unluckyClick':
        failNthCall(shop.cloud, each.nth, each.fault);
        await click(1);
        shop.cloud.cloud.intercept(undefined);
        return;
      case 'halfAnHour':
        await shop.expirePages(user);
        return;
      case 'decline':
        await Promise.all(payablePages().map((page) => decline(page)));
    }
  };
  return { user, click, payablePages, play };
}

/** The payment fails at the gateway, and the row learns of it as the subscriber of PaymentFailed would tell it. */
async function decline(merchantOrderId: string) {
  shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'FAILED' });
  const row = await shop.rowOf(`txn_${merchantOrderId}`);
  await shop.cloud.put('transactions', { ...row, status: 'FAILED' });
}
