import { topology } from '@cloudnestle/topology/topology';
import { gatewaySecret } from '../gateway/credentials.ts';
import type { Simulation } from '../parts/simulation.ts';
import { skipCalm, startPerson } from './person.ts';

const MINUTE_MS = 60_000;

/** Now and then the gateway's client secret is exchanged: there, and a while before or after in our own secret. */
export function startRotations(simulation: Simulation, untilMs: number): void {
  const { chance, scheduler, gateway, aws, faults } = simulation;
  startPerson(simulation, 'rotation', 0, async (person) => {
    for (let count = 1; scheduler.nowMs() < untilMs; count += 1) {
      await person.wait(chance.between(5, 90) * MINUTE_MS);
      await skipCalm(simulation, person);
      if (scheduler.nowMs() >= untilMs) return;
      const clientSecret = `${gatewaySecret.clientSecret}-${count}`;
      const here = () =>
        aws.secrets.rotate(topology.secrets.gatewayCredentials, { ...gatewaySecret, clientSecret });
      const there = () => {
        gateway.act((engine) => engine.rotate({ clientSecret }));
        faults.note('tokensVoided', 'rotation');
      };
      const [first, second] = chance.isHit(0.5) ? [here, there] : [there, here];
      first();
      await person.wait(chance.fraction() * MINUTE_MS);
      second();
    }
  });
}
