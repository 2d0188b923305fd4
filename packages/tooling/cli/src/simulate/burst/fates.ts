import type { FinishOrder } from '@cloudnestle/phonepe-sandbox/control/control-schemas';

/** What can come between a buyer and Pro, in the order of the table. */
export const faultNames = [
  'duplicate',
  'secondAttempt',
  'declined',
  'cancelled',
  'expired',
  'lost',
  'abandoned',
] as const;
export type FaultName = (typeof faultNames)[number];

export const fateNames = ['paid', ...faultNames] as const;
/** What becomes of one payment. */
export type FateName = (typeof fateNames)[number];

export interface Fate {
  /** For people. */
  words: string;
  /** What the buyer, or time in their place, does at the gateway; undefined: nothing. */
  finish?: FinishOrder;
  /** What the order is to become on the stage; undefined: it stays open. */
  ends?: 'COMPLETED' | 'FAILED';
  /** True where a webhook tells of the end; else only a sweep finds out. */
  isTold: boolean;
}

export const fates: Readonly<Record<FateName, Fate>> = {
  paid: told('paid', { outcome: 'COMPLETED' }),
  duplicate: told('paid (webhook twice)', { outcome: 'COMPLETED', webhook: 'duplicate' }),
  secondAttempt: told('paid (second attempt)', { outcome: 'COMPLETED', secondAttempt: true }),
  declined: told('declined', { outcome: 'FAILED' }),
  cancelled: told('cancelled', { outcome: 'CANCELLED' }),
  expired: told('expired', { outcome: 'EXPIRED' }),
  lost: {
    ...told('paid (webhook lost)', { outcome: 'COMPLETED', webhook: 'lose' }),
    isTold: false,
  },
  abandoned: { words: 'left without paying', isTold: false },
};

/** Whether an order of that fate is to be settled by now; `isSwept`: a sweep has looked. */
export function mustSettle(name: FateName, isSwept: boolean): boolean {
  const { ends, isTold } = fates[name];
  return ends !== undefined && (isTold || isSwept);
}

function told(words: string, finish: FinishOrder): Fate {
  const ends = finish.outcome === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
  return { words, finish, ends, isTold: true };
}
