import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { Item } from '../aws/dynamo.ts';
import type { HttpResult } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import { adminClaims } from '../world/stage.ts';
import { disputePayment } from './after-sales.ts';
import { type Person, skipCalm, startPerson } from './person.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const RESTS_AFTER_MS = 6 * 60 * MINUTE_MS;
/** Who gets no answer asks again with the same key, so often. */
const MOST_REPEATS = 4;

/** What an operator asks for: one wish, whatever becomes of the calls that carry it. */
interface Wish {
  transactionId: string;
  amountInPaisa?: number;
  reason: 'DUPLICATE' | 'BUYER_REQUEST';
  idempotencyKey: string;
}

/**
 * An operator who pays back: all of an order, a part, the rest after it, of duplicates first. Clicks twice, asks again where
 * no answer came, meets a colleague with a key of their own, and takes a key again for something else. Buyers who were kept
 * waiting go to their bank in the same second.
 */
export function startRefundDesk(simulation: Simulation, number: number, untilMs: number): void {
  const { chance, scheduler } = simulation;
  startPerson(simulation, `refund-desk/${number}`, 0, async (person) => {
    while (scheduler.nowMs() < untilMs) {
      await skipCalm(simulation, person, RESTS_AFTER_MS);
      const isQuiet = scheduler.nowMs() > simulation.quietFromMs;
      await person.wait(chance.between(0.5, isQuiet ? 30 : 3) * MINUTE_MS);
      const row = pickOrder(simulation);
      if (row) await payBack(simulation, person, row);
    }
  });
}

/** Mostly a paid order, and what is owed to a buyer before any other; now and then one that is not paid. */
function pickOrder({ chance, truth }: Simulation): Item | undefined {
  const rows = [...truth.orders()].map(truth.row).filter((row) => row !== undefined);
  const paid = rows.filter(({ status }) => status === 'COMPLETED');
  const owed = paid.filter((row) => isPaidTwice(row) && isUntouched(row));
  const from = chance.isHit(0.05) ? rows : owed.length > 0 && chance.isHit(0.3) ? owed : paid;
  return from[chance.below(from.length)];
}

function isPaidTwice({ duplicateOf, completedAttempts = 1 }: Item): boolean {
  return duplicateOf !== undefined || Number(completedAttempts) > 1;
}

/** A paid order of which nothing went back, or is about to, and that is not disputed. */
function isUntouched({ status, refunds, refundHolds, disputes }: Item): boolean {
  return status === 'COMPLETED' && [refunds, refundHolds, disputes].every(isEmpty);
}

function isEmpty(map: unknown): boolean {
  return map === undefined || Object.keys(Object(map)).length === 0;
}

async function payBack(simulation: Simulation, person: Person, row: Item): Promise<void> {
  const { chance } = simulation;
  const ask = (wish: Wish) => askUntilAnswered(simulation, person, wish);
  const whole = (): Wish => ({
    transactionId: toTransactionId(String(row.merchantOrderId)),
    reason: isPaidTwice(row) ? 'DUPLICATE' : 'BUYER_REQUEST',
    idempotencyKey: `wish-${chance.below(0x7fffffff)}`,
  });
  const part = (): Wish => ({
    ...whole(),
    amountInPaisa: 100 + chance.below(Math.max(1, Number(row.amount) - 100)),
  });
  const way = chance.weighted({
    whole: 5,
    part: 3,
    partThenRest: 2,
    oneKeyTwice: 2,
    twoKeysAtOnce: 2,
    keyOfAnother: 1,
    disputedMeanwhile: isUntouched(row) ? 2 : 0,
  });
  switch (way) {
    case 'whole':
      return look(simulation, person, await ask(whole()));
    case 'part':
      return look(simulation, person, await ask(part()));
    case 'partThenRest':
      await ask(part());
      // Mostly the gateway has the part by then; else the rest is refused, and asked for again. The first time by an operator
      // who overlooks the part and names all that the order cost.
      for (const wish of [{ ...whole(), amountInPaisa: Number(row.amount) }, whole()]) {
        await person.wait(chance.between(1, 5) * MINUTE_MS);
        await ask(wish);
      }
      return;
    case 'oneKeyTwice': {
      const wish = chance.isHit(0.5) ? whole() : part();
      await Promise.all([ask(wish), askLater(wish)]);
      return;
    }
    case 'twoKeysAtOnce':
      await Promise.all([ask(part()), askLater(whole())]);
      return;
    case 'keyOfAnother': {
      const wish = part();
      await ask(wish);
      await ask({ ...wish, amountInPaisa: Number(wish.amountInPaisa) + 1 });
      return;
    }
    case 'disputedMeanwhile':
      disputePayment(simulation, String(row.merchantOrderId));
      await askLater(whole());
  }

  /** A moment after the other one, or at once. */
  async function askLater(wish: Wish) {
    if (chance.isHit(0.5)) await person.wait(chance.fraction() * SECOND_MS);
    return ask(wish);
  }
}

async function askUntilAnswered(
  { chance }: Simulation,
  person: Person,
  wish: Wish,
): Promise<HttpResult> {
  for (let repeats = 0; ; repeats += 1) {
    const result = await person.call({
      function: 'refund',
      method: 'POST',
      path: '/payments/refunds',
      claims: adminClaims,
      body: wish,
    });
    const isAnswered = result.kind === 'answered' && result.statusCode < 500;
    if (isAnswered || repeats === MOST_REPEATS) return result;
    await person.wait(chance.between(1, 60) * SECOND_MS);
  }
}

/** Has another look at a refund that was taken. */
async function look({ chance }: Simulation, person: Person, result: HttpResult): Promise<void> {
  if (result.kind === 'lost' || result.statusCode !== 202 || chance.isHit(0.5)) return;
  const { refundId } = Object(result.body.refund);
  await person.wait(chance.between(1, 90) * SECOND_MS);
  await person.call({
    function: 'refundStatus',
    method: 'GET',
    path: `/payments/refunds/${refundId}`,
    pathParameters: { refundId: String(refundId) },
    claims: adminClaims,
  });
}
