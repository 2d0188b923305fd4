import type { Clock } from '@cloudnestle/payments/clock';
import type { OrderStatusAnswer, PaymentGateway } from '@cloudnestle/payments/gateway';
import PQueue from 'p-queue';

/** After an unanswered question nobody asks for so long; doubled with every further one. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 16_000;
/** So many unanswered questions in a row, and the gateway counts as down. */
const DOWN_AFTER = 8;

/** A gateway that is spared: asked only so often, and left alone while it does not answer. */
export interface PacedGateway {
  gateway: PaymentGateway;
  /** True once it is not worth asking any more before the next run. */
  isDown(): boolean;
}

export interface PaceOptions {
  /** The most questions in a second. */
  callsPerSecond: number;
  /** Resolves after `ms`, or as soon as `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  now: Clock;
  /** Ends all asking. */
  signal: AbortSignal;
}

/**
 * Puts order status questions of one run under a rate limit (none is published by PhonePe) and backs off where the
 * gateway says 429 or 5xx or nothing at all. Once it counts as down, or `signal` aborts, every question is answered
 * `unreachable` at once.
 */
export function paceGateway(
  gateway: PaymentGateway,
  { callsPerSecond, sleep, now, signal }: PaceOptions,
): PacedGateway {
  const nowMs = () => now().getTime();
  const queue = new PQueue({ intervalCap: callsPerSecond, interval: 1000, strict: true });
  let unanswered = 0;
  let notBeforeMs = 0;
  const down = new AbortController();
  const over = AbortSignal.any([signal, down.signal]);

  const ask = async (question: () => Promise<OrderStatusAnswer>): Promise<OrderStatusAnswer> => {
    const waitMs = notBeforeMs - nowMs();
    if (waitMs > 0) await sleep(waitMs, over);
    if (over.aborted) return notAsked;
    const answer = await question();
    if (answer.kind === 'unreachable') {
      notBeforeMs = nowMs() + Math.min(FIRST_PAUSE_MS * 2 ** unanswered, LONGEST_PAUSE_MS);
      unanswered += 1;
      // Whoever waits for the end of a pause need not wait any more.
      if (unanswered >= DOWN_AFTER) down.abort();
    } else {
      unanswered = 0;
    }
    return answer;
  };
  return {
    isDown: () => down.signal.aborted,
    gateway: {
      ...gateway,
      orderStatus: async (merchantOrderId, callOptions) => {
        if (over.aborted) return notAsked;
        const question = () => gateway.orderStatus(merchantOrderId, callOptions);
        return queue
          .add(() => ask(question), { signal })
          .catch((error: unknown) => {
            if (signal.aborted) return notAsked;
            throw error;
          });
      },
    },
  };
}

const notAsked: OrderStatusAnswer = {
  kind: 'unreachable',
  reason: 'not asked any more in this run',
};
