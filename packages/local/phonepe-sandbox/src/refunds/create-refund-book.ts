import type { Order } from '../orders/order.ts';
import type { Ids } from '../support/create-ids.ts';
import type { Refund } from './refund.ts';

export type RefundBook = ReturnType<typeof createRefundBook>;
export type RefundOutcome = 'COMPLETED' | 'FAILED';

export type EndRefundResult =
  | { kind: 'finished'; refund: Refund }
  | { kind: 'unknownRefund' }
  | { kind: 'alreadyFinished'; refund: Refund };

export interface RefundBookPorts {
  now: () => Date;
  ids: Ids;
  /** How long a refund stays PENDING; null: until `end`. */
  delayMs: number | null;
  /** Called when a refund completes by itself. */
  completed: (refund: Refund) => void;
}

export interface RefundRequest {
  merchantRefundId: string;
  order: Order;
  amountInPaisa: number;
}

/**
 * The refunds in memory, under PhonePe's rules: only of a paid order, at most its amount in sum, none while another
 * of the same order is pending, each merchantRefundId once.
 */
export function createRefundBook({ now, ids, delayMs, completed }: RefundBookPorts) {
  const refunds = new Map<string, Refund>();

  function get(merchantRefundId: string): Refund | undefined {
    const refund = refunds.get(merchantRefundId);
    return refund && completeIfDue(refund);
  }

  function completeIfDue(refund: Refund): Refund {
    const isDue = delayMs !== null && now().getTime() >= refund.createdAt + delayMs;
    if (refund.state !== 'PENDING' || !isDue) return refund;
    const ended = save(settle(refund, 'COMPLETED'));
    completed(ended);
    return ended;
  }

  function settle(refund: Refund, state: RefundOutcome): Refund {
    const ended = { ...refund, state, endedAt: now().getTime() };
    return state === 'COMPLETED' ? { ...ended, utr: `6${ids.digits(11)}` } : ended;
  }

  function save(refund: Refund): Refund {
    refunds.set(refund.merchantRefundId, refund);
    return refund;
  }

  function isAllowed({ merchantRefundId, order, amountInPaisa }: RefundRequest): boolean {
    const others = list().filter(
      ({ originalMerchantOrderId }) => originalMerchantOrderId === order.merchantOrderId,
    );
    const givenBack = others
      .filter(({ state }) => state === 'COMPLETED')
      .reduce((sum, refund) => sum + refund.amountInPaisa, 0);
    return (
      !refunds.has(merchantRefundId) &&
      others.every(({ state }) => state !== 'PENDING') &&
      givenBack + amountInPaisa <= order.amountInPaisa
    );
  }

  const list = (): Refund[] => [...refunds.values()].map(completeIfDue);

  return {
    get,
    list,
    /** Undefined: PhonePe's rules refuse it. */
    request(request: RefundRequest): Refund | undefined {
      const payment = request.order.attempts.find(({ state }) => state === 'COMPLETED');
      if (!payment || !isAllowed(request)) return undefined;
      return save({
        merchantRefundId: request.merchantRefundId,
        refundId: ids.refund(),
        originalMerchantOrderId: request.order.merchantOrderId,
        amountInPaisa: request.amountInPaisa,
        state: 'PENDING',
        createdAt: now().getTime(),
        payment,
        transactionId: ids.refund(),
      });
    },
    end(merchantRefundId: string, outcome: RefundOutcome): EndRefundResult {
      const refund = get(merchantRefundId);
      if (!refund) return { kind: 'unknownRefund' };
      if (refund.state !== 'PENDING') return { kind: 'alreadyFinished', refund };
      return { kind: 'finished', refund: save(settle(refund, outcome)) };
    },
  };
}
