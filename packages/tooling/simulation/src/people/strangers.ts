import type { Simulation } from '../parts/simulation.ts';
import { skipCalm, startPerson } from './person.ts';
import { sendSample } from './send-sample.ts';

const MINUTE_MS = 60_000;

/**
 * A forger: forges webhooks, sends true ones again for other orders (in the SHA mode a header that was
 * seen once signs any body), buys in another's name, tries tokens.
 */
export function startStranger(simulation: Simulation, untilMs: number): void {
  const { chance, truth, scheduler } = simulation;
  startPerson(simulation, 'stranger', MINUTE_MS, async (person) => {
    while (scheduler.nowMs() < untilMs) {
      await skipCalm(simulation, person);
      await person.wait(chance.fraction() * 2 * MINUTE_MS);
      const victims = [...truth.buyers.values()];
      const victim = victims[chance.below(victims.length)];
      if (!victim) continue;
      const orders = truth.ordersOf(victim.userId);
      const merchantOrderId = orders[chance.below(orders.length)] ?? `MP-${victim.userId}-1-abcdef`;
      switch (chance.weighted({ forge: 3, claim: 4, buy: 1, guess: 1 })) {
        case 'forge':
          claimPaid(simulation, merchantOrderId, true);
          break;
        case 'claim':
          claimPaid(simulation, merchantOrderId, false);
          break;
        case 'buy':
          await person.call({
            function: 'upgrade',
            method: 'POST',
            path: '/payments/upgrade-to-pro',
            body: { userId: victim.userId, userEmail: 'stranger@else.example', tier: 'pro' },
          });
          break;
        case 'guess':
          await person.call({
            function: 'validateToken',
            method: 'POST',
            path: '/api/validate-solution-token',
            body: { token: `tok_perm_${chance.below(1e9)}`, solution_id: 'aws-solution-finder' },
          });
      }
    }
  });
}

function claimPaid(simulation: Simulation, merchantOrderId: string, isForged: boolean): void {
  const { chance } = simulation;
  sendSample(
    simulation,
    {
      event: chance.pick([
        'checkout.order.completed',
        'checkout.order.failed',
        'pg.refund.completed',
      ]),
      variant: 'current',
      merchantId: simulation.gateway.engine.tokens.merchantId(),
      merchantOrderId,
      amountInPaisa: 29_900,
    },
    { isForged },
  );
}
