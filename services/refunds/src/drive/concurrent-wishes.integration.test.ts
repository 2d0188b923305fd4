import fc from 'fast-check';
import { expect } from 'vitest';
import { idIn, it } from '../testing/subject.ts';

/** The gateway takes one refund of an order at a time, and these wishes are not told so: the reservation alone holds. */
it('never sets aside or pays back more than was paid, however many ask at once and in whatever amounts', async ({
  gateway,
  subject,
}) => {
  gateway.sandbox.refundRules.set({ delayMs: 0, webhook: 'lose' });
  const amount = fc.option(fc.integer({ min: 100, max: 32_000 }), { nil: undefined });
  const wish = fc.record({ amountInPaisa: amount, key: fc.integer({ min: 1, max: 4 }) });
  let round = 0;
  let seconds = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 5 }), async (wishes) => {
      round += 1;
      const order = await subject.addOrder();
      const { transactionId, merchantOrderId } = order.row;
      const ask = ({ amountInPaisa, key }: (typeof wishes)[number]) =>
        subject.ask(order, {
          idempotencyKey: `concurrent-${round}-${key}`,
          ...(amountInPaisa === undefined ? {} : { amountInPaisa }),
        });
      for (let wave = 1; wave <= 2; wave += 1) {
        const answers = await Promise.all(wishes.map(ask));
        const taken = answers.filter(({ statusCode }) => statusCode === 202).map(idIn);
        const { refundHolds, refunds } = (await subject.row(transactionId)) ?? {};
        const held: number[] = Object.values(Object(refundHolds));
        const back: number[] = Object.values(Object(refunds));
        expect(held.length).toBeLessThanOrEqual(1);
        expect(sumOf([...held, ...back])).toBeLessThanOrEqual(29_900);
        // Every wish that was taken is one that the row knows: under way, or paid back.
        const known = [...Object.keys(Object(refundHolds)), ...Object.keys(Object(refunds))];
        for (const id of taken) expect(known).toContain(id);
        seconds += 3600;
        await subject.sweepAt(seconds);
        await subject.sweepAt(seconds + 60);
        for (const id of Object.keys(Object(refundHolds))) {
          await subject.keepOnRow(transactionId, id, held[0]);
        }
      }
      const paidBack = gateway.sandbox.refunds
        .list()
        .filter((each) => each.originalMerchantOrderId === merchantOrderId);
      expect(sumOf(paidBack.map(({ amountInPaisa }) => amountInPaisa))).toBeLessThanOrEqual(29_900);
      const { refunds } = (await subject.row(transactionId)) ?? {};
      expect(Object(refunds)).toEqual(
        Object.fromEntries(paidBack.map((each) => [each.merchantRefundId, each.amountInPaisa])),
      );
    }),
    { numRuns: 12 },
  );
});

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, each) => sum + each, 0);
}
