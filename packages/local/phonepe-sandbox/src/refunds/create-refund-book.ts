import type { Ids } from '../create-ids.ts';
import type { Order } from '../orders/order.ts';
import { judgeRefund, type RefundRefusal } from './judge-refund.ts';
import {
  isUnderWay,
  lowBalance,
  type PlannedStep,
  paymentOf,
  type Refund,
  type RefundFailure,
  type RefundState,
  sumOf,
} from './refund.ts';
import { type RefundRuleChanges, type RefundRules, refundRulesSchema } from './refund-rules.ts';

export type RefundBook = ReturnType<typeof createRefundBook>;

export type EndRefundResult =
  | { kind: 'finished'; refund: Refund }
  | { kind: 'unknownRefund' }
  | { kind: 'alreadyFinished'; refund: Refund };

export type RequestRefundResult =
  | { kind: 'taken'; refund: Refund }
  /** The merchantRefundId was used before: by this refund. */
  | { kind: 'repeated'; refund: Refund }
  | { kind: 'refused'; why: RefundRefusal };

interface RefundBookPorts {
  now: () => Date;
  ids: Ids;
  rules: RefundRules;
  /** What buyers paid the merchant from one moment to another, in paisa. */
  takings: (fromMs: number, toMs: number) => number;
  /** Called with every state that a refund reaches by itself. */
  moved: (refund: Refund) => void;
}

export interface RefundWish {
  merchantRefundId: string;
  order: Order | undefined;
  amountInPaisa: number;
}

const DAY_MS = 86_400_000;
const IST_OFFSET_MS = 330 * 60_000;

/** The refunds in memory, under PhonePe's rules. Every reading first applies what the clock says. */
export function createRefundBook({ now, ids, rules: given, takings, moved }: RefundBookPorts) {
  const refunds = new Map<string, Refund>();
  let rules = given;
  let balanceSince = now().getTime();
  const nowMs = () => now().getTime();

  function get(merchantRefundId: string): Refund | undefined {
    const refund = refunds.get(merchantRefundId);
    return refund && moveIfDue(refund);
  }

  function moveIfDue(refund: Refund): Refund {
    const [step, ...plan] = refund.plan;
    if (!step || nowMs() < step.at) return refund;
    const next = save(reach({ ...refund, plan }, step));
    moved(next);
    return moveIfDue(next);
  }

  function reach(refund: Refund, { state, at }: PlannedStep, failure = lowBalance): Refund {
    const reached = { ...refund, state, changedAt: at };
    if (state === 'FAILED') return { ...reached, failure };
    return state === 'COMPLETED' ? { ...reached, utr: `6${ids.digits(11)}` } : reached;
  }

  function save(refund: Refund): Refund {
    refunds.set(refund.merchantRefundId, refund);
    return refund;
  }

  /** What is left of the balance that refunds are paid from, in paisa. */
  function balanceLeft(): number {
    if (rules.balance === 'ample') return Infinity;
    const startOfDayMs = startOfIndianDay(nowMs());
    if (rules.balance === 'takings') {
      return takings(startOfDayMs, nowMs()) - sumOf(madeSince(startOfDayMs));
    }
    if (balanceSince < startOfDayMs) return Infinity;
    return rules.balance - sumOf(madeSince(balanceSince));
  }

  const madeSince = (ms: number) => list().filter(({ createdAt }) => createdAt >= ms);
  const list = (): Refund[] => [...refunds.values()].map(moveIfDue);

  const ofOrder = (merchantOrderId: string): Refund[] =>
    list().filter(({ originalMerchantOrderId }) => originalMerchantOrderId === merchantOrderId);

  function planFor(mode: string, isCovered: boolean): PlannedStep[] {
    if (rules.delayMs === null) return [];
    const at = nowMs() + rules.delayMs;
    if (!isCovered) return [{ state: 'FAILED', at }];
    if (mode !== 'CARD' || rules.cardDays === 0) return [{ state: 'COMPLETED', at }];
    return [
      { state: 'CONFIRMED', at },
      { state: 'COMPLETED', at: at + rules.cardDays * DAY_MS },
    ];
  }

  return {
    get,
    list,
    rules: (): RefundRules => rules,
    setRules(changes: RefundRuleChanges): RefundRules {
      const named = Object.entries(changes).filter(([, value]) => value !== undefined);
      rules = refundRulesSchema.parse({ ...rules, ...Object.fromEntries(named) });
      if (changes.balance !== undefined) balanceSince = nowMs();
      return rules;
    },
    ofOrder,
    request(wish: RefundWish): RequestRefundResult {
      const { merchantRefundId, order, amountInPaisa } = wish;
      const before = get(merchantRefundId);
      if (before) return { kind: 'repeated', refund: before };
      const others = order ? ofOrder(order.merchantOrderId) : [];
      const why = judgeRefund({ order, others, amountInPaisa, nowMs: nowMs() });
      const payment = order && paymentOf(order);
      if (why || !payment) return { kind: 'refused', why: why ?? 'notPaid' };
      const isCovered = amountInPaisa <= balanceLeft();
      if (!isCovered && rules.lowBalance === 'refused') {
        return { kind: 'refused', why: 'lowBalance' };
      }
      const refund = save({
        merchantRefundId,
        refundId: ids.refund(),
        originalMerchantOrderId: order.merchantOrderId,
        orderId: order.orderId,
        amountInPaisa,
        state: 'PENDING',
        createdAt: nowMs(),
        changedAt: nowMs(),
        plan: planFor(payment.mode, isCovered),
        payment,
        takenBefore: sumOf(others),
        transactionId: ids.refund(),
      });
      return { kind: 'taken', refund };
    },
    /** Moves it by hand: from there on nothing happens to it by itself. */
    end(
      merchantRefundId: string,
      state: Exclude<RefundState, 'PENDING'>,
      failure?: RefundFailure,
    ): EndRefundResult {
      const refund = get(merchantRefundId);
      if (!refund) return { kind: 'unknownRefund' };
      if (!isUnderWay(refund) || refund.state === state) return { kind: 'alreadyFinished', refund };
      const moved = reach({ ...refund, plan: [] }, { state, at: nowMs() }, failure);
      return { kind: 'finished', refund: save(moved) };
    },
  };
}

function startOfIndianDay(ms: number): number {
  const ist = ms + IST_OFFSET_MS;
  return ist - (ist % DAY_MS) - IST_OFFSET_MS;
}
