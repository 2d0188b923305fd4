import { windowsOf } from '@cloudnestle/payments/access/windows';
import type { Buyer, Simulation, Wish } from '../parts/simulation.ts';
import { trueGrants } from '../world/true-grants.ts';
import { searchAround, visit } from './live-as-buyer.ts';
import type { Person } from './person.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const wishes = {
  basic: { tier: 'basic', planId: 'basic-monthly' },
  enterprise: { tier: 'enterprise', planId: 'enterprise-monthly' },
  pro: { tier: 'pro', planId: 'pro' },
} as const satisfies Record<string, Wish>;

/**
 * A buyer's life with passes: buys one, extends it or takes a better tier beside it, and comes back weeks later just as it
 * ends: searches in the seconds around that, and buys again, or not.
 */
export async function liveWithPasses(
  simulation: Simulation,
  person: Person,
  buyer: Buyer,
): Promise<void> {
  const { chance } = simulation;
  buyer.wish = drawWish(simulation);
  await visit(simulation, person, buyer);
  if (chance.isHit(0.5)) {
    await person.wait(chance.between(1, 25) * MINUTE_MS);
    if (chance.isHit(0.5)) buyer.wish = drawWish(simulation);
    await visit(simulation, person, buyer);
  }
  await comeBackAtTheEnd(simulation, person, buyer);
  for (let searches = 1 + chance.below(3); searches > 0; searches -= 1) {
    await searchAround(simulation, person, buyer);
  }
  if (!chance.isHit(0.5)) return;
  if (chance.isHit(0.3)) buyer.wish = drawWish(simulation);
  await visit(simulation, person, buyer);
  await person.wait(chance.between(1, 10) * MINUTE_MS);
  await searchAround(simulation, person, buyer);
}

function drawWish({ chance }: Simulation): Wish {
  return wishes[chance.weighted({ basic: 6, enterprise: 3, pro: 1 })];
}

/** Some seconds before the end of what was bought or after it; who has nothing that ends then comes some time. */
async function comeBackAtTheEnd(
  { chance, scheduler, truth, calm, quietFromMs }: Simulation,
  person: Person,
  { userId }: Buyer,
): Promise<void> {
  const untilMs = calm?.untilMs ?? quietFromMs;
  const ends = windowsOf(trueGrants(truth, userId))
    .map(({ until }) => until)
    .filter((until) => until > scheduler.nowMs() && until < quietFromMs);
  const end = ends[chance.below(ends.length)];
  const someTimeMs = untilMs + chance.fraction() * (quietFromMs - untilMs) * 0.7;
  const aroundMs = (end ?? someTimeMs) + chance.between(-30, 10) * SECOND_MS;
  await person.wait(Math.max(0, aroundMs - scheduler.nowMs()));
}
