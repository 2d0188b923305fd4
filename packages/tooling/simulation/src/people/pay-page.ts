import type { FinishOrder } from '@cloudnestle/phonepe-sandbox/control/control-schemas';
import type { Simulation } from '../parts/simulation.ts';
import { planAfterSales } from './after-sales.ts';
import { click } from './buyer.ts';
import { type Person, startPerson } from './person.ts';

/** A payment page that was handed out to a buyer. */
export interface Page {
  redirectUrl: string;
  merchantOrderId: string;
  transactionId: string;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const LATEST_MONEY_MS = 60 * HOUR_MS;

/** What a buyer does with a page; true: money was taken. */
export async function visitPage(
  simulation: Simulation,
  person: Person,
  page: Page,
): Promise<boolean> {
  const { chance, faults } = simulation;
  const { merchantOrderId } = page;
  const finish = (how: FinishOrder) =>
    simulation.gateway.act((engine) => engine.finish(merchantOrderId, how)).kind === 'finished';
  const mode = chance.pick(['UPI', 'UPI', 'CARD', 'NET_BANKING']);
  const ending = chance.weighted({
    pays: 60,
    paysAtSecondTry: 8,
    paysTwice: 3,
    paysAnotherAmount: 1,
    paysLate: 5,
    isDeclined: 6,
    isDeclinedAndYetPaid: 3,
    cancels: 6,
    leaves: 7,
  });
  await person.wait(
    chance.isHit(0.93) ? chance.between(4, 120) * SECOND_MS : chance.between(2, 29) * MINUTE_MS,
  );
  let isPaid = false;
  switch (ending) {
    case 'pays':
      isPaid = finish({ outcome: 'COMPLETED', mode });
      break;
    case 'paysAtSecondTry':
      isPaid = finish({ outcome: 'COMPLETED', mode, secondAttempt: true });
      break;
    case 'paysTwice':
      isPaid = finish({ outcome: 'COMPLETED', mode });
      // In two tabs at once, or again after a while. The bank may confirm the earlier one later.
      await person.wait(chance.between(0, chance.isHit(0.5) ? 2 : 90) * SECOND_MS);
      if (
        isPaid &&
        simulation.gateway.payAgain(merchantOrderId, chance.isHit(0.4) ? 20 * SECOND_MS : 0)
      ) {
        faults.note('paidTwice', 'page');
      }
      break;
    case 'paysAnotherAmount':
      isPaid = finish({ outcome: 'COMPLETED', mode, amountInPaisa: chance.pick([100, 59_800]) });
      if (isPaid) faults.note('amountChanged', 'page');
      break;
    case 'paysLate':
      payLate(
        simulation,
        person.name,
        page,
        () => finish({ outcome: 'COMPLETED', mode }),
        drawLateMs(simulation, merchantOrderId),
      );
      return false;
    case 'isDeclined':
      finish({ outcome: 'FAILED', mode });
      break;
    case 'isDeclinedAndYetPaid':
      // Two systems of the bank disagree for a moment: money wins.
      if (finish({ outcome: 'FAILED', mode })) {
        const afterMs = chance.fraction() ** 3 * MINUTE_MS;
        payLate(
          simulation,
          person.name,
          page,
          () => finish({ outcome: 'COMPLETED', mode }),
          afterMs,
        );
      }
      break;
    case 'cancels':
      finish({ outcome: 'CANCELLED' });
      break;
    case 'leaves':
      return false;
  }
  simulation.trace.tell(
    person.name,
    `${ending} ${merchantOrderId}${isPaid ? '' : ', nothing taken'}`,
  );
  if (isPaid) planAfterSales(simulation, merchantOrderId);
  if (chance.isHit(0.7)) await comeBack(simulation, person, page);
  return isPaid;
}

/** In how long money comes that comes too late: mostly just as the page's time is over, at times days after. */
function drawLateMs({ chance, truth, scheduler }: Simulation, merchantOrderId: string): number {
  const latestMs = chance.isHit(0.6) ? 12 * MINUTE_MS : LATEST_MONEY_MS;
  const expireAt = truth.atGateway(merchantOrderId)?.expireAt ?? 0;
  return Math.max(0, expireAt - scheduler.nowMs()) + latestMs * chance.fraction() ** 3;
}

/**
 * The bank says yes once the order is over, often just when the services learn that it is. The buyer does not wait for it,
 * may have bought again meanwhile, and often looks at the shop once the bank tells of it.
 */
function payLate(
  simulation: Simulation,
  userId: string,
  { merchantOrderId }: Page,
  finish: () => boolean,
  afterMs: number,
): void {
  const { chance, faults, truth } = simulation;
  startPerson(simulation, `bank of ${userId}`, afterMs, async (bank) => {
    if (!finish()) return;
    faults.note('lateMoney', 'page');
    planAfterSales(simulation, merchantOrderId);
    const buyer = truth.buyers.get(userId);
    if (!buyer || !chance.isHit(0.5)) return;
    await bank.wait(chance.fraction() ** 2 * 15 * SECOND_MS);
    await click(bank, buyer);
  });
}

/** The browser returns, and the return page asks for a while. */
async function comeBack(
  { chance }: Simulation,
  person: Person,
  { transactionId }: Page,
): Promise<void> {
  if (chance.isHit(0.8)) {
    await person.call({
      function: 'callback',
      method: 'GET',
      path: '/payments/callback',
      query: { transactionId },
      headers: { accept: chance.isHit(0.8) ? 'text/html' : 'application/json' },
    });
  }
  for (let looks = chance.below(9); looks > 0; looks -= 1) {
    const answer = await person.call({
      function: 'paymentStatus',
      method: 'GET',
      path: `/payments/status/${transactionId}`,
      pathParameters: { transactionId },
    });
    const wait = answer.kind === 'answered' ? answer.body.retryAfterMs : 2_000;
    if (wait === 0) return;
    await person.wait(typeof wait === 'number' ? wait : 2_000);
  }
}
