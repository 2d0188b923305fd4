import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import type { PostResult } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import type { Simulation } from '../parts/simulation.ts';

const LATEST_MS = 20 * 60_000;

/** Takes the gateway's webhooks to the webhook function, or loses, doubles, delays and reorders them on the way. */
export function createPostWebhook(simulation: Simulation) {
  return (
    _url: string,
    webhook: SignedWebhook,
    timeoutMs: number,
    _stopped: AbortSignal,
  ): Promise<PostResult> =>
    new Promise((resolve) => {
      const { scheduler, faults, gatewayActor, chance } = simulation;
      if (faults.happens('webhookLost', 'people', 2, 'webhook')) {
        scheduler.after(timeoutMs, gatewayActor, () => resolve({ result: 'timeout' }));
        return;
      }
      if (faults.happens('webhookTwice', 'people', 1, 'webhook')) {
        scheduler.after(
          chance.latencyMs(200),
          gatewayActor,
          () => void deliver(simulation, webhook),
        );
      }
      const delayMs = faults.happens('webhookLate', 'people', 1, 'webhook')
        ? chance.fraction() * LATEST_MS
        : chance.latencyMs(100);
      scheduler.after(delayMs, gatewayActor, () => {
        const timer = scheduler.after(timeoutMs, gatewayActor, () =>
          resolve({ result: 'timeout' }),
        );
        void deliver(simulation, webhook).then((result) => {
          timer.cancel();
          resolve(result);
        });
      });
    });
}

/** One delivery to the function, and what the gateway makes of its answer. */
export async function deliver(
  { front, gatewayActor }: Simulation,
  { headers, body }: SignedWebhook,
): Promise<PostResult> {
  const answer = await front.request(gatewayActor, {
    function: 'webhook',
    method: 'POST',
    path: '/payments/phonepe-webhook',
    headers,
    body,
  });
  if (answer.kind === 'lost') return { result: 'unreachable' };
  const isAccepted = answer.statusCode >= 200 && answer.statusCode < 300;
  return { result: isAccepted ? 'accepted' : 'refused', status: answer.statusCode };
}
