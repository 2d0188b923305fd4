import type { OperatorRefund } from '@cloudnestle/contracts/admin/refunds';
import type { Tone } from '../parts/basics.tsx';

const states: Readonly<Record<string, { tone: Tone; word: string }>> = {
  REQUESTED: { tone: 'wait', word: 'asked for' },
  REFUSED: { tone: 'bad', word: 'refused' },
  RESERVED: { tone: 'wait', word: 'set aside' },
  SUBMITTED: { tone: 'wait', word: 'sent to the gateway' },
  PENDING: { tone: 'wait', word: 'at the gateway' },
  CONFIRMED: { tone: 'wait', word: 'confirmed by the gateway' },
  COMPLETED: { tone: 'good', word: 'paid back' },
  FAILED: { tone: 'bad', word: 'failed' },
};

/** A refund's state in words; one in doubt is not merely under way. */
export function describeRefund({ state, doubt }: Pick<OperatorRefund, 'state' | 'doubt'>): {
  tone: Tone;
  word: string;
} {
  const known = states[state] ?? { tone: 'warn', word: state };
  return doubt === undefined ? known : { tone: 'warn', word: `${known.word}, in doubt` };
}

/** What an operator reads under a refund: why it is where it is. */
export function explainRefund(refund: OperatorRefund): string | undefined {
  const words = [
    refund.refusal?.words,
    refund.doubt,
    refund.detailedErrorCode ?? refund.errorCode,
    refund.lastAnswer,
    refund.note,
  ].filter((each) => each !== undefined);
  return words.length === 0 ? undefined : words.join(' · ');
}
