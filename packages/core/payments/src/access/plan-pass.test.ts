import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildCatalogue, planIds } from '../catalogue.ts';
import type { Grants } from './grants.ts';
import { planPass } from './plan-pass.ts';
import { windowsOf } from './windows.ts';

const { tiers } = buildCatalogue({ solutionId: 's', onSale: planIds });
const plan = { tier: 'basic', period: 'MONTHLY' } as const;
const at = (day: string) => new Date(`${day}T10:00:00.000+05:30`);
const pass = (paidAt: Date) => ({ tier: 'basic', months: 1, at: paidAt.toISOString() });
const step = (grants: Grants, now: Date, reminderDays = 3, transactionId = 'txn_a') =>
  planPass(
    { tier: 'basic', grants, baseTier: 'registered' },
    { transactionId, plan },
    { tiers, now, reminderDays },
  );

const one = { txn_a: pass(at('2025-01-10')) };
const endsAt = at('2025-02-10').toISOString();

it.each([
  ['long before its end', at('2025-01-20'), { kind: 'wait', until: at('2025-02-07') }],
  ['three days before', at('2025-02-07'), { kind: 'remind', endsAt, until: at('2025-02-10') }],
  ['at its end', at('2025-02-10'), { kind: 'ended', endedAt: endsAt }],
])('is done with a pass %s', (_when, now, expected) => {
  expect(step(one, now)).toEqual(expected);
});

it('reminds of nothing where the stage wants no reminders', () => {
  expect(step(one, at('2025-02-09'), 0)).toEqual({ kind: 'wait', until: at('2025-02-10') });
});

it('knows nothing of an order that the buyer’s row does not have', () => {
  expect(step(one, at('2025-02-10'), 3, 'txn_b')).toBeUndefined();
});

/** Passes of one tier, some of them cut short, over three years. */
const days = fc.integer({ min: 0, max: 1000 }).map((day) => new Date(Date.UTC(2024, 0, day, 7)));
const purchases = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), days), {
  selector: ([id]) => id,
  minLength: 1,
});

it('tells every end of unbroken cover just once, by the order that ends last', () => {
  fc.assert(
    fc.property(purchases, (bought) => {
      const grants = Object.fromEntries(bought.map(([id, day]) => [id, pass(day)]));
      const windows = windowsOf(grants);
      for (const { until } of windows) {
        const now = new Date(until);
        const told = windows.filter(
          (window) =>
            window.until === until && step(grants, now, 3, window.transactionId)?.kind === 'ended',
        );
        const isCovered = windows.some((each) => each.from <= until && until < each.until);
        const isOutdated = windows.some((each) => each.until > until);
        expect(told).toHaveLength(isCovered || isOutdated ? 0 : 1);
      }
    }),
  );
});

it('looks no later than a pass can end, whichever pass before it is cut short meanwhile', () => {
  fc.assert(
    fc.property(purchases, days, days, ([...bought], now, cutAt) => {
      fc.pre(cutAt > now && bought.every(([, day]) => day <= now));
      const grants = Object.fromEntries(bought.map(([id, day]) => [id, pass(day)]));
      for (const [id] of bought) {
        const planned = step(grants, now, 3, id);
        if (planned?.kind !== 'wait' && planned?.kind !== 'remind') continue;
        for (const [cut] of bought.filter(([other]) => other !== id)) {
          const shortened = { ...grants, [cut]: { ...grants[cut], endedAt: cutAt.toISOString() } };
          const own = windowsOf(shortened as Grants).find((each) => each.transactionId === id);
          const end = own?.until ?? Number.NaN;
          // One that is over is looked at for the sake of what follows it.
          if (end > now.getTime()) expect(+planned.until).toBeLessThanOrEqual(end);
        }
      }
    }),
  );
});
