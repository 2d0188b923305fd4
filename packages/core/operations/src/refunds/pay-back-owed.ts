import { describeError } from '@cloudnestle/runtime/errors';
import { maskText } from '../words/mask.ts';
import { readOwed, refundOwed } from './owed.ts';

/** What became of one order of a bulk refund; words are masked. `error`: it may have been asked for all the same. */
export type PaidBack =
  | { kind: 'asked'; refundId: string; state: string; amountInPaisa: number }
  | { kind: 'left'; because: 'nothingOwed' | 'refused' | 'error'; why: string };

/** A refund as it is about to be asked for: asked for once more with these, it is the same refund. */
export interface Asking {
  transactionId: string;
  refundInPaisa: number;
  idempotencyKey: string;
}

type Desk = Parameters<typeof readOwed>[0] & Parameters<typeof refundOwed>[0];

interface PayBackJob {
  /** Who is noted on the refunds as having asked for them. */
  by: string;
  trigger(): Parameters<typeof refundOwed>[2]['trigger'];
  /** Refunds at most, `spent` of earlier runs included; left out: all. */
  max?: number | undefined;
  spent?: number;
  /** What a run that was killed was about to ask for: it is asked for first. */
  begun?: Asking | undefined;
  signal: AbortSignal;
  /** Is told before a refund is asked for, and waited for: so a run that takes over knows which may have been. */
  onAsking?(asking: Asking): Promise<void>;
  onPaid(transactionId: string, result: PaidBack): Promise<void> | void;
}

/**
 * Pays back what is owed of these orders, one after the other, each as it is now: the operator may have looked at the list for a while.
 * The same wish is the same refund, however often it is asked for. One that cannot be paid is left, and the others are paid all
 * the same; rejects only where `onAsking` or `onPaid` does.
 */
export async function payBackOwed(
  desk: Desk,
  transactionIds: Iterable<string>,
  job: PayBackJob,
): Promise<void> {
  const { max = Number.POSITIVE_INFINITY, signal } = job;
  let spent = job.spent ?? 0;
  const ask = async (asking: Asking) => {
    const result = await askFor(desk, asking, job);
    // Of an error it is not known whether money was set aside: it counts to the most that may be asked for.
    if (result.kind === 'asked' || result.because === 'error') spent += 1;
    await job.onPaid(asking.transactionId, result);
  };
  if (job.begun) await ask(job.begun);
  for (const transactionId of transactionIds) {
    if (signal.aborted || spent >= max) return;
    const looked = await lookAt(desk, transactionId);
    if ('kind' in looked) {
      if (looked.because === 'error') spent += 1;
      await job.onPaid(transactionId, looked);
      continue;
    }
    await job.onAsking?.(looked);
    await ask(looked);
  }
}

type Left = Extract<PaidBack, { kind: 'left' }>;
const left = (because: Left['because'], why: string): Left => ({
  kind: 'left',
  because,
  why: maskText(why),
});

async function lookAt(desk: Desk, transactionId: string): Promise<Asking | Left> {
  try {
    const owed = await readOwed(desk, transactionId);
    if (!owed) return left('nothingOwed', 'nothing is owed any more');
    if (owed.obstacle !== undefined) return left('refused', owed.obstacle);
    const { refundInPaisa, idempotencyKey } = owed;
    return { transactionId, refundInPaisa, idempotencyKey };
  } catch (error) {
    return left('error', describeError(error));
  }
}

async function askFor(desk: Desk, asking: Asking, { by, trigger }: PayBackJob): Promise<PaidBack> {
  try {
    const requester = { by, origin: 'OPERATOR' } as const;
    const result = await refundOwed(desk, asking, { requester, trigger: trigger() });
    if (result.kind !== 'refund') return left('refused', result.kind);
    const { refundId, state, refusal, amountInPaisa = asking.refundInPaisa } = result.refund;
    if (refusal) return left('refused', refusal.words);
    return { kind: 'asked', refundId, state, amountInPaisa };
  } catch (error) {
    return left('error', describeError(error));
  }
}
