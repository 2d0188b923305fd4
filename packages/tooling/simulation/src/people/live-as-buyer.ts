import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { HttpResult } from '../parts/http.ts';
import type { Buyer, Simulation } from '../parts/simulation.ts';
import { changeEmail, click, suspend } from './buyer.ts';
import { type Page, visitPage } from './pay-page.ts';
import type { Person } from './person.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * A buyer's life around one purchase: searches, clicks (twice, in two tabs, again after a while), pays or does not, comes
 * back, late or never or just as the page runs out, and changes the address in the middle of it.
 */
export async function liveAsBuyer(
  simulation: Simulation,
  person: Person,
  buyer: Buyer,
): Promise<void> {
  const { chance } = simulation;
  if (chance.isHit(0.12)) await searchAround(simulation, person, buyer);
  for (let visits = chance.weighted({ once: 5, twice: 4, thrice: 1 }); ; ) {
    const page = await visit(simulation, person, buyer);
    if (visits === 'once' || page === 'noMore') return;
    visits = visits === 'thrice' ? 'twice' : 'once';
    await person.wait(drawAbsenceMs(simulation, page));
    if (chance.isHit(0.1)) changeEmail(simulation, buyer);
  }
}

/** One visit to the shop. Answers the page that was opened, or that the buyer has no reason to come again. */
export async function visit(
  simulation: Simulation,
  person: Person,
  buyer: Buyer,
): Promise<Page | 'noMore' | undefined> {
  const { chance } = simulation;
  const clicks = chance.weighted({ one: 6, two: 3, three: 1 });
  const count = clicks === 'one' ? 1 : clicks === 'two' ? 2 : 3;
  const pages = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      clickUntilAnswered(simulation, person, buyer, index),
    ),
  );
  const opened = pages.filter((page) => page !== undefined);
  const [first] = opened;
  if (!first) return undefined;
  const searching = chance.isHit(0.1) ? searchAround(simulation, person, buyer) : undefined;
  if (chance.isHit(0.01)) suspend(simulation, buyer);
  // Two tabs may show two different pages, and now and then both are paid.
  const second = opened.find(({ merchantOrderId }) => merchantOrderId !== first.merchantOrderId);
  const tabs = [
    visitPage(simulation, person, first),
    ...(second && chance.isHit(0.5) ? [visitPage(simulation, person, second)] : []),
  ];
  const paid = await Promise.all(tabs);
  if (paid.includes(true) && chance.isHit(0.25)) await clickImpatiently(simulation, person, buyer);
  if (chance.isHit(0.05)) changeEmail(simulation, buyer);
  await searching;
  if (chance.isHit(0.12)) await searchAround(simulation, person, buyer);
  return paid.includes(true) && chance.isHit(0.9) ? 'noMore' : first;
}

/** Who has paid and does not see it clicks once more. */
async function clickImpatiently(
  simulation: Simulation,
  person: Person,
  buyer: Buyer,
): Promise<void> {
  const { chance } = simulation;
  await person.wait(chance.between(1, chance.isHit(0.5) ? 20 : 240) * SECOND_MS);
  await click(person, buyer);
}

/** Clicks until a page opens, or patience is over. */
async function clickUntilAnswered(
  { chance }: Simulation,
  person: Person,
  buyer: Buyer,
  index: number,
): Promise<Page | undefined> {
  await person.wait(index * chance.fraction() * (chance.isHit(0.3) ? 9 : 3) * SECOND_MS);
  for (let patience = 1 + chance.below(4); patience > 0; patience -= 1) {
    const first = click(person, buyer);
    const answer = chance.isHit(0.8)
      ? await orAnother(person, chance.between(2, 9) * SECOND_MS, first, () => click(person, buyer))
      : await first;
    if (answer.kind === 'answered') {
      const { redirectUrl, merchantOrderId, transactionId } = answer.body;
      if (
        typeof redirectUrl === 'string' &&
        typeof merchantOrderId === 'string' &&
        typeof transactionId === 'string'
      ) {
        return { redirectUrl, merchantOrderId, transactionId };
      }
      if (answer.statusCode === 403 || answer.statusCode === 404) return undefined;
    }
    await person.wait(chance.between(2, 20) * SECOND_MS);
  }
  return undefined;
}

/** The browser shows nothing: the buyer clicks again while the first call is still under way. */
async function orAnother(
  person: Person,
  patienceMs: number,
  first: Promise<HttpResult>,
  again: () => Promise<HttpResult>,
): Promise<HttpResult> {
  const answered = await Promise.race([first, person.wait(patienceMs)]);
  return answered ?? Promise.any([again(), first]);
}

export async function searchAround(
  simulation: Simulation,
  person: Person,
  buyer: Buyer,
): Promise<void> {
  const { chance } = simulation;
  const bursts = 1 + chance.below(2);
  for (let burst = 0; burst < bursts; burst += 1) {
    const size = chance.isHit(0.15) ? 4 + chance.below(10) : 1 + chance.below(2);
    await Promise.all(Array.from({ length: size }, () => search(simulation, person, buyer)));
    await person.wait(chance.between(1, 60) * SECOND_MS);
  }
}

function drawAbsenceMs({ chance, scheduler, truth }: Simulation, page: Page | undefined): number {
  switch (chance.weighted({ soon: 5, asItRunsOut: 3, later: 2 })) {
    case 'soon':
      return chance.between(1, 50) * MINUTE_MS;
    case 'asItRunsOut': {
      const { expireAt = 0 } = (page && truth.atGateway(page.merchantOrderId)) ?? {};
      const leftMs = Math.max(0, expireAt - scheduler.nowMs());
      return leftMs + chance.between(-1, chance.isHit(0.5) ? 2 : 60) * SECOND_MS;
    }
    case 'later':
      return chance.between(1, 30) * HOUR_MS;
  }
}

/** One search in the search app: it asks first whether the token may. */
async function search(simulation: Simulation, person: Person, buyer: Buyer): Promise<void> {
  await person.call({
    function: 'validateToken',
    method: 'POST',
    path: '/api/validate-solution-token',
    body: {
      token: buyer.token,
      solution_id: DEFAULT_SOLUTION_ID,
      ...(simulation.chance.isHit(0.1) ? { check_only: true } : {}),
    },
  });
}
