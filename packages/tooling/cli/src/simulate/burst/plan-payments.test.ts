import { expect, it } from 'vitest';
import type { FateName } from './fates.ts';
import type { Shares } from './options.ts';
import { planPayments } from './plan-payments.ts';
import { createSeededRandom } from './seeded-random.ts';

const none: Shares = {
  duplicate: 0,
  secondAttempt: 0,
  declined: 0,
  cancelled: 0,
  expired: 0,
  lost: 0,
  abandoned: 0,
};

function count(total: number, shares: Partial<Shares>, seed = 1) {
  const planned = planPayments(total, { ...none, ...shares }, createSeededRandom(seed));
  const counts: Partial<Record<FateName, number>> = {};
  for (const { fate } of planned) counts[fate] = (counts[fate] ?? 0) + 1;
  return counts;
}

it.each([
  [30, { lost: 0.1, declined: 0.2 }, { paid: 21, declined: 6, lost: 3 }],
  [10, {}, { paid: 10 }],
  [1, { lost: 1 }, { lost: 1 }],
  [100, { lost: 0.29, expired: 0.07 }, { paid: 64, expired: 7, lost: 29 }],
  [3, { lost: 0.5, abandoned: 0.5 }, { lost: 2, abandoned: 1 }],
  [10, { lost: 0.7, declined: 0.2, expired: 0.1 }, { lost: 7, declined: 2, expired: 1 }],
  [3, { lost: 0.1 }, { paid: 3 }],
] as const)('%i payments with %j are %j', (total, shares, expected) => {
  expect(count(total, shares)).toEqual(expected);
});

it('has every payment, whatever the shares', () => {
  const random = createSeededRandom(7);
  for (let round = 0; round < 200; round += 1) {
    const total = 1 + Math.floor(random() * 50);
    const lost = random();
    const counts = count(total, { lost, abandoned: (1 - lost) * random() }, round);
    expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(total);
  }
});

it('deals the same fates for the same seed, and others for another', () => {
  const deal = (seed: number) =>
    planPayments(40, { ...none, lost: 0.3, declined: 0.3 }, createSeededRandom(seed));
  expect(deal(5)).toEqual(deal(5));
  expect(deal(5)).not.toEqual(deal(6));
  expect(new Set(deal(5).map(({ mode }) => mode)).size).toBe(3);
});
