import type {
  RefundRuleChanges,
  RefundRules,
} from '@cloudnestle/phonepe-sandbox/refunds/refund-rules';
import type { Simulation } from '../parts/simulation.ts';

/**
 * What the gateway makes of the refund that is asked for now: mostly it takes it, else it refuses it for want of a
 * balance, takes it and fails it later, or keeps a card's refund CONFIRMED for days. How a repeated id is answered is
 * not documented: each episode has one way.
 */
export function createDrawRefundRules({ faults, chance }: Pick<Simulation, 'faults' | 'chance'>) {
  let repeatedId: RefundRules['repeatedId'] | undefined;
  return (): RefundRuleChanges => {
    repeatedId ??= chance.pick(['badRequest', 'expectationFailed', 'sameRefund']);
    const usual: RefundRuleChanges = { repeatedId, balance: 'ample', cardDays: 0 };
    if (faults.happens('refundRefused', 'people', 2, 'refund')) {
      return { ...usual, balance: 0, lowBalance: 'refused' };
    }
    if (faults.happens('refundFails', 'people', 2, 'refund')) {
      return { ...usual, balance: 0, lowBalance: 'fails' };
    }
    if (faults.happens('refundSlow', 'people', 2, 'refund')) return { ...usual, cardDays: 1 };
    return usual;
  };
}
