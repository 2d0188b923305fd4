import type { SampleRequest } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-order';
import { deliver } from '../gateway/post-webhook.ts';
import type { Simulation } from '../parts/simulation.ts';

const TRIES_AFTER_MS = [0, 5_000, 60_000, 600_000, 3_600_000, 14_400_000];

/** Sends a webhook that only claims something until it is accepted, as the gateway does; a forged one only once. */
export function sendSample(
  simulation: Simulation,
  request: SampleRequest,
  options: { isForged: boolean } = { isForged: false },
): void {
  const { scheduler, gatewayActor, gateway, faults } = simulation;
  const signed = gateway.signSample(request, options);
  const attempt = (tries: number) => {
    const delayMs = TRIES_AFTER_MS[tries];
    if (delayMs === undefined || (options.isForged && tries > 0)) return;
    scheduler.after(delayMs, gatewayActor, () => {
      if (options.isForged) faults.note('webhookForged', request.event);
      void deliver(simulation, signed).then(({ result }) => {
        if (result !== 'accepted') attempt(tries + 1);
      });
    });
  };
  attempt(0);
}
