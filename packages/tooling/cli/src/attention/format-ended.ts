import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { printable } from '@cloudnestle/dev/terminal/printable';
import { commandFor } from './reasons.ts';

/** A reason that stands no more, and by whose word. */
export interface Ended {
  transactionId: string;
  reason: AttentionReason;
  /** False: an earlier word had ended it. */
  isOurs: boolean;
  by: string;
  at: string;
  why: string;
  /** What the order still needs a person for. */
  left: AttentionReason[];
  /** The version of what is left. */
  version: unknown;
}

export function formatEnded(ended: Ended): string {
  const { transactionId, reason, isOurs, by, at, why, left, version } = ended;
  const end = isOurs
    ? `${reason} of ${transactionId} has ended.`
    : `${reason} of ${transactionId} had ended before, by the word of ${by} at ${at}: ${why}`;
  return [
    printable(end, 1000),
    ...left.map(
      (each) =>
        `It still needs a person for ${each}: ${commandFor(each, transactionId, { seen: version })}`,
    ),
  ].join('\n');
}
