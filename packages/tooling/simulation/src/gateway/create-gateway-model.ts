import { createEngine, type Engine } from '@cloudnestle/phonepe-sandbox/create-engine';
import type { Order } from '@cloudnestle/phonepe-sandbox/orders/order';
import { buildSampleWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/samples/build-sample-webhook';
import { signWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import type { GatewayModel, Simulation } from '../parts/simulation.ts';
import { answerRequest } from './answer-request.ts';
import { gatewayCredentials, webhookAuth } from './credentials.ts';
import { createDrawRefundRules } from './draw-refund-rules.ts';
import { createPostWebhook } from './post-webhook.ts';

/** A webhook is tried again for hours, as the gateway does. */
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 60_000, 300_000, 1_800_000, 7_200_000];
const REFUND_DELAY_MS = 20_000;

export function createGatewayModel(simulation: Simulation): GatewayModel {
  const { scheduler, chance, gatewayActor } = simulation;
  const now = () => new Date(scheduler.nowMs());
  const bytes = chance.fork('gateway');
  const randomBytes = (size: number) => Uint8Array.from({ length: size }, () => bytes.below(256));
  const engine = createEngine({
    publicUrl: () => 'https://gateway.example',
    credentials: gatewayCredentials,
    webhook: {
      url: () => 'https://api.example/payments/phonepe-webhook',
      auth: webhookAuth,
      retryDelaysMs: RETRY_DELAYS_MS,
      post: createPostWebhook(simulation),
    },
    now,
    randomBytes,
    refundDelayMs: REFUND_DELAY_MS,
  });
  const drawRefundRules = createDrawRefundRules(simulation);
  const act = <T>(work: (engine: Engine) => T): T => {
    let result: { value: T } | undefined;
    scheduler.enter(gatewayActor, () => {
      result = { value: work(engine) };
    });
    if (!result) throw new Error('the gateway is never frozen');
    return result.value;
  };
  return {
    engine,
    act,
    answer: (request) =>
      act(() =>
        answerRequest(engine, request, {
          onPlaced: simulation.watch.orderPlaced,
          onRefundTaken: simulation.watch.refundTaken,
          drawRefundRules,
        }),
      ),
    payAgain: (merchantOrderId, earlierByMs) =>
      act(() => {
        const order = engine.orders.get(merchantOrderId);
        const atMs = scheduler.nowMs() - earlierByMs;
        const again = order && withSecondPayment(order, engine, atMs);
        if (!again) return false;
        engine.orders.add(again);
        engine.webhooks.send([engine.orderWebhook(again)], 1);
        return true;
      }),
    signSample: (request, { isForged }) => {
      const json = JSON.stringify(buildSampleWebhook(request, { now, randomBytes }));
      const body = new TextEncoder().encode(json);
      const auth = isForged ? { ...webhookAuth, password: 'guessed' } : webhookAuth;
      return { headers: { 'content-type': 'application/json', ...signWebhook(auth, body) }, body };
    },
  };
}

function withSecondPayment(order: Order, { ids }: Engine, atMs: number): Order | undefined {
  const first = order.attempts.find(({ state }) => state === 'COMPLETED');
  if (!first || order.state !== 'COMPLETED') return undefined;
  const at = Math.max(order.createdAt, atMs);
  const again = { ...first, transactionId: ids.transaction(), at };
  return { ...order, attempts: [...order.attempts, again] };
}
