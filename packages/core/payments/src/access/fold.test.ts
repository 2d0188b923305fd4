import type { Grant } from '@cloudnestle/contracts/items/grant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalogue, planIds } from '../catalogue.ts';
import { findCover, foldAccess, readAccess } from './fold.ts';
import { type GrantNews, type Grants, mergeGrant } from './grants.ts';

const { tiers, plans } = buildCatalogue({ solutionId: 's', onSale: planIds });
const at = (day: string, time = '10:00:00.000') => new Date(`${day}T${time}+05:30`).toISOString();
const fold = (grants: Grants, now: string, baseTier = 'registered') =>
  foldAccess({ grants, baseTier }, { tiers, now: new Date(now) });
const pass = (tier: string, day: string, more: Partial<Grant> = {}): Grant => ({
  tier,
  at: at(day),
  months: 1,
  ...more,
});

describe('what is bought', () => {
  it('once holds for ever', () => {
    const grants = { txn_a: { tier: 'pro', at: at('2025-01-01') } };
    expect(fold(grants, at('2045-01-01'))).toEqual({ tier: 'pro', since: at('2025-01-01') });
  });

  it('as a pass holds until its end, and not at that very moment', () => {
    const grants = { txn_a: pass('basic', '2025-01-15') };
    const end = at('2025-02-15');
    const justBefore = new Date(Date.parse(end) - 1).toISOString();
    expect(fold(grants, justBefore)).toEqual({
      tier: 'basic',
      since: at('2025-01-15'),
      until: end,
    });
    expect(fold(grants, end)).toEqual({ tier: 'registered' });
  });

  it('again runs on from the anchor day, over months of any length', () => {
    const grants = {
      txn_a: pass('basic', '2025-01-31'),
      txn_b: pass('basic', '2025-02-10'),
      txn_c: pass('basic', '2025-02-11'),
    };
    const ends = [1, 2, 3].map((count) => {
      const bought = Object.fromEntries(Object.entries(grants).slice(0, count));
      return fold(bought, at('2025-02-11')).until;
    });
    expect(ends).toEqual([
      at('2025-02-28', '23:59:59.999'),
      at('2025-03-31'),
      at('2025-04-30', '23:59:59.999'),
    ]);
  });

  it('on 29 February for a year ends on the last of February, and comes back to the 29th', () => {
    const grants = (years: number) =>
      Object.fromEntries(
        Array.from({ length: years }, (_, year) => [
          `txn_${year}`,
          { tier: 'basic', at: at('2024-02-29'), months: 12 },
        ]),
      );
    expect(fold(grants(1), at('2024-03-01')).until).toBe(at('2025-02-28', '23:59:59.999'));
    expect(fold(grants(4), at('2024-03-01')).until).toBe(at('2028-02-29'));
  });

  it('after a gap begins with its own payment', () => {
    const grants = { txn_a: pass('basic', '2025-01-31'), txn_b: pass('basic', '2025-05-20') };
    expect(fold(grants, at('2025-06-01'))).toEqual({
      tier: 'basic',
      since: at('2025-05-20'),
      until: at('2025-06-20'),
    });
    expect(fold(grants, at('2025-04-01'))).toMatchObject({ tier: 'basic' });
  });

  it('as a better tier runs beside the other one, which then still has its time', () => {
    const grants = {
      txn_a: pass('basic', '2025-01-01', { months: 12 }),
      txn_b: pass('enterprise', '2025-03-01'),
    };
    expect(fold(grants, at('2025-03-15'))).toMatchObject({
      tier: 'enterprise',
      until: at('2025-04-01'),
    });
    expect(fold(grants, at('2025-04-01'))).toMatchObject({
      tier: 'basic',
      until: at('2026-01-01'),
    });
  });

  it('counts at once where the gateway’s clock is ahead of ours', () => {
    expect(fold({ txn_a: pass('basic', '2025-01-15') }, at('2025-01-14'))).toMatchObject({
      tier: 'basic',
    });
  });
});

describe('what ends', () => {
  it('gives nothing from then on, and what was bought after it moves up', () => {
    const grants = {
      txn_a: pass('basic', '2025-01-01', { endedAt: at('2025-01-10') }),
      txn_b: pass('basic', '2025-01-05'),
    };
    expect(fold(grants, at('2025-01-20')).until).toBe(at('2025-02-10'));
  });

  it('before it was paid or began gives nothing and moves nothing', () => {
    const grants = {
      txn_a: pass('basic', '2025-01-01'),
      txn_b: pass('basic', '2025-01-05', { endedAt: at('2025-01-06') }),
      txn_c: pass('basic', '2025-01-07', { endedAt: at('2024-12-01') }),
      txn_d: { tier: 'enterprise', endedAt: at('2024-12-01') },
    };
    expect(fold(grants, at('2025-01-10'))).toMatchObject({
      tier: 'basic',
      until: at('2025-02-01'),
    });
  });

  it('leaves the tier that the buyer had before, if no order sells it', () => {
    const grants = { txn_a: pass('enterprise', '2025-01-01') };
    expect(fold(grants, at('2025-03-01'), 'pro').tier).toBe('pro');
    expect(fold(grants, at('2025-03-01'), 'enterprise').tier).toBe('registered');
    expect(fold(grants, at('2025-03-01'), 'campus').tier).toBe('registered');
  });
});

it('takes an explicit window as it stands, beside all passes', () => {
  const cycle = {
    tier: 'enterprise',
    at: at('2025-01-01'),
    months: 1,
    from: at('2025-02-01'),
    until: at('2025-03-03'),
  };
  const grants = { txn_a: pass('enterprise', '2024-12-20'), txn_b: cycle };
  expect(fold(grants, at('2025-01-10')).until).toBe(at('2025-01-20'));
  expect(fold(grants, at('2025-01-25')).tier).toBe('registered');
  expect(fold(grants, at('2025-02-01')).until).toBe(at('2025-03-03'));
});

it('of two tiers with one rank takes the one that was paid first', () => {
  const tied = [...tiers, { tier: 'team', rank: 2, dailyQuota: null }];
  const team = { tier: 'team', at: at('2025-01-01') };
  const pro = { tier: 'pro', at: at('2025-01-02') };
  for (const grants of [
    { txn_a: team, txn_b: pro },
    { txn_b: pro, txn_a: team },
  ]) {
    const context = { tiers: tied, now: new Date(at('2025-02-01')) };
    expect(foldAccess({ grants }, context).tier).toBe('team');
  }
});

describe('what an item says of access', () => {
  const now = new Date(at('2025-06-01'));
  const grants = { txn_a: pass('basic', '2025-01-01') };
  const read = (stored: Parameters<typeof readAccess>[0]) => readAccess(stored, { tiers, now });

  it('is its own tier where no order was granted on it', () => {
    expect(read({ tier: 'Pro' })).toEqual({ tier: 'Pro' });
    expect(read({ tier: undefined })).toEqual({ tier: 'registered' });
  });

  it('are its orders, also while the tier it names trails behind', () => {
    expect(read({ tier: 'basic', grants, baseTier: 'registered' })).toEqual({ tier: 'registered' });
  });

  it('is a tier that was given by hand: an unknown one, or a better one than ever was paid', () => {
    expect(read({ tier: 'campus', grants })).toEqual({ tier: 'campus' });
    expect(read({ tier: 'pro', grants })).toEqual({ tier: 'pro' });
  });

  it('loses nothing to an entry that cannot be read', () => {
    const odd = { txn_a: { tier: 'pro', at: at('2025-01-01') }, txn_b: { at: 7 }, txn_c: null };
    expect(read({ tier: 'registered', grants: odd }).tier).toBe('pro');
    expect(read({ tier: 'pro', grants: 'odd' }).tier).toBe('pro');
  });

  it('covers a tier until the end of what gives it or more', () => {
    const both = { ...grants, txn_b: pass('enterprise', '2025-05-20') };
    const cover = (tier: string, set: Grants = both) =>
      findCover({ tier: 'enterprise', grants: set, baseTier: 'registered' }, tier, { tiers, now });
    expect(cover('pro')).toEqual({ held: true, until: at('2025-06-20') });
    expect(cover('enterprise', grants)).toEqual({ held: true });
    expect(cover('pro', { ...both, txn_c: { tier: 'pro', at: at('2025-05-01') } })).toEqual({
      held: true,
    });
    expect(findCover({ tier: 'basic', grants }, 'basic', { tiers, now })).toEqual({ held: false });
  });
});

const hours = fc.integer({ min: 0, max: 3 * 366 * 24 });
const moments = hours.map((hour) => new Date(Date.UTC(2023, 11, 1, hour)).toISOString());
const orderIds = fc.constantFrom('txn_a', 'txn_b', 'txn_c', 'txn_d', 'txn_e');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

/** Any mix of what is bought once, passes, explicit windows and ends. */
const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    plan: fc.constantFrom(...plans),
    at: maybe(moments),
    months: fc.integer({ min: 1, max: 14 }),
    window: maybe(fc.tuple(moments, moments)),
    endedAt: maybe(moments),
  })
  .map(({ plan, at, months, window, endedAt }) => ({
    tier: plan.tier,
    planId: plan.planId,
    ...(at === undefined ? {} : { at }),
    ...(plan.period === 'ONE_TIME' ? {} : { months }),
    ...(window === undefined ? {} : { from: window[0], until: window[1] }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }));
const anyGrants = fc.uniqueArray(fc.tuple(orderIds, anyGrant), { selector: ([id]) => id });
const anyBase = fc.constantFrom('registered', 'basic', 'pro', 'enterprise', 'campus', undefined);

it('says the same of a set in any order', () => {
  fc.assert(
    fc.property(
      anyGrants.chain((set) =>
        fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length })),
      ),
      anyBase,
      moments,
      ([set, other], baseTier, now) => {
        const context = { tiers, now: new Date(now) };
        expect(foldAccess({ grants: Object.fromEntries(other), baseTier }, context)).toEqual(
          foldAccess({ grants: Object.fromEntries(set), baseTier }, context),
        );
      },
    ),
  );
});

it('holds just as long as it says', () => {
  fc.assert(
    fc.property(anyGrants, anyBase, moments, (set, baseTier, now) => {
      const grants = Object.fromEntries(set);
      const rankAt = (moment: number) => {
        const context = { tiers, now: new Date(moment) };
        const { tier } = foldAccess({ grants, baseTier }, context);
        return tiers.find((each) => each.tier === tier)?.rank ?? -1;
      };
      const { until } = foldAccess({ grants, baseTier }, { tiers, now: new Date(now) });
      const rank = rankAt(Date.parse(now));
      if (until === undefined) {
        expect(rankAt(Date.UTC(2200, 0, 1))).toBeGreaterThanOrEqual(rank);
        return;
      }
      expect(until > now).toBe(true);
      expect(rankAt(Date.parse(until) - 1)).toBeGreaterThanOrEqual(rank);
      expect(rankAt(Date.parse(until))).toBeLessThan(rank);
    }),
  );
});

it('never shortens what was held when more is bought', () => {
  fc.assert(
    fc.property(
      anyGrants,
      fc.tuple(orderIds, anyGrant),
      fc.array(moments, { minLength: 1 }),
      (set, [id, more], moments) => {
        const { [id]: _replaced, ...before } = Object.fromEntries(set);
        const after = { ...before, [id]: more };
        for (const now of moments) {
          const context = { tiers, now: new Date(now) };
          for (const { tier } of tiers) {
            const stored = { tier: undefined, baseTier: 'registered' };
            const held = findCover({ ...stored, grants: before }, tier, context);
            const then = findCover({ ...stored, grants: after }, tier, context);
            if (!held.held || Object.keys(before).length === 0) continue;
            expect(then.held).toBe(true);
            const isForEver = !('until' in then) || then.until === undefined;
            if (held.until === undefined) expect(isForEver).toBe(true);
            else expect(isForEver || String(then.until) >= held.until).toBe(true);
          }
        }
      },
    ),
  );
});

const plan = { tier: 'basic', planId: 'basic-monthly', period: 'MONTHLY' } as const;
const settle = (news: readonly Omit<GrantNews, 'plan'>[]) =>
  news.reduce<Grant | undefined>((grant, each) => mergeGrant(grant, { plan, ...each }), undefined);
/** The news, and all of it twice in any order. */
const redelivered = <T>(news: readonly T[]) =>
  fc.tuple(
    fc.constant(news),
    fc.shuffledSubarray([...news, ...news], { minLength: 2 * news.length }),
  );

it('is the same grant after any order and number of payments and ends', () => {
  const anyNews = fc.record({ at: maybe(moments), ends: fc.array(moments, { maxLength: 2 }) });
  fc.assert(
    fc.property(
      fc.array(anyNews, { minLength: 1, maxLength: 5 }).chain(redelivered),
      ([news, all]) => {
        expect(settle(all)).toEqual(settle(news));
      },
    ),
  );
});

it('is the same grant after an end, its restoration and another end, whichever of them are told first', () => {
  const paid = { at: at('2025-01-01') };
  const [first, restoredAt, second] = [at('2025-01-03'), at('2025-01-05'), at('2025-01-07')];
  // What the row said at some time, and the two ends' own events; the last word is among them.
  const told = [paid, { ends: [first] }, { restoredAt }, { ends: [second] }];
  const last = { restoredAt, ends: [second] };
  fc.assert(
    fc.property(redelivered([...told, last]), ([, deliveries]) => {
      expect(settle(deliveries)).toMatchObject({ ...paid, restoredAt, endedAt: second });
    }),
  );
});

it('ends with the earliest end that no operator has lifted', () => {
  const ended = mergeGrant(undefined, { plan, ends: [at('2025-01-05'), at('2025-01-03')] });
  expect(ended).toEqual({
    tier: 'basic',
    planId: 'basic-monthly',
    months: 1,
    endedAt: at('2025-01-03'),
  });
  const restored = mergeGrant(ended, { plan, at: at('2025-01-01'), restoredAt: at('2025-01-04') });
  expect(restored.endedAt).toBeUndefined();
  expect(mergeGrant(restored, { plan, ends: [at('2025-01-03')] }).endedAt).toBeUndefined();
  expect(mergeGrant(restored, { plan, ends: [at('2025-01-06')] }).endedAt).toBe(at('2025-01-06'));
});
