import type { Clock } from '@cloudnestle/payments/clock';
import type { Gateways, OrderStatusAnswer, PaymentGateway } from '@cloudnestle/payments/gateway';
import { changeGateways } from '@cloudnestle/payments/gateways';
import PQueue from 'p-queue';

/** After an unanswered question no other is asked for so long; doubled where the next one is not answered either. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 8000;
/** So many pauses in a row that helped nothing, and the gateway counts as down. */
const DOWN_AFTER = 5;

/** Gateways that are spared: each asked only so often, and left alone while it does not answer. */
interface PacedGateways {
  gateways: Gateways;
  /** True once none of them is worth asking any more before the next run. */
  areDown(): boolean;
}

export interface PaceOptions {
  /** The most questions to one gateway in a second. */
  callsPerSecond: number;
  /** Resolves after `ms`, or as soon as `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  now: Clock;
  /** Ends all asking. */
  signal: AbortSignal;
}

/**
 * Puts one run's order status questions to each gateway under a rate limit of its own (PhonePe publishes none) and backs
 * off where that gateway says 429 or 5xx or nothing at all. Once one counts as down, or `signal` aborts, every question
 * to it is answered `unreachable` at once; the others go on.
 */
export function paceGateways(gateways: Gateways, options: PaceOptions): PacedGateways {
  const downs: (() => boolean)[] = [];
  const paced = changeGateways(gateways, (gateway) => {
    const { paced, isDown } = paceGateway(gateway, options);
    downs.push(isDown);
    return paced;
  });
  return { gateways: paced, areDown: () => downs.every((isDown) => isDown()) };
}

function paceGateway(
  gateway: PaymentGateway,
  { callsPerSecond, sleep, now, signal }: PaceOptions,
): { paced: PaymentGateway; isDown(): boolean } {
  const nowMs = () => now().getTime();
  const queue = new PQueue({ intervalCap: callsPerSecond, interval: 1000, strict: true });
  let failures = 0;
  /** Moves with every failure: what was asked before it says nothing new. */
  let epoch = 0;
  let notBeforeMs = 0;
  const down = new AbortController();
  const over = AbortSignal.any([signal, down.signal]);

  const ask = async (question: () => Promise<OrderStatusAnswer>): Promise<OrderStatusAnswer> => {
    const waitMs = notBeforeMs - nowMs();
    if (waitMs > 0) await sleep(waitMs, over);
    if (over.aborted) return notAsked;
    const askedIn = epoch;
    const answer = await question();
    if (answer.kind !== 'unreachable' || answer.isAnswered) failures = 0;
    else if (askedIn === epoch) noteFailure();
    return answer;
  };
  // Several questions are under way at once: what hits them together is one failure, not many in a row.
  const noteFailure = () => {
    notBeforeMs = nowMs() + Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    epoch += 1;
    failures += 1;
    // Questions that wait for the end of a pause need not wait any more.
    if (failures >= DOWN_AFTER) down.abort();
  };
  return {
    isDown: () => down.signal.aborted,
    paced: {
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
