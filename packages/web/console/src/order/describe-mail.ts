import type { MailState } from '@cloudnestle/contracts/items/notification';
import type { Tone } from '../parts/basics.tsx';

/** Where a mail stands; `unknown` is a state, and no machine ends it. */
export function describeMail(state: MailState | null): { tone: Tone; word: string; at?: string } {
  switch (state?.state) {
    case undefined:
      return { tone: 'none', word: 'not sent' };
    case 'sending':
      return { tone: 'wait', word: 'being sent', at: state.claimedAt };
    case 'sent':
      return { tone: 'good', word: 'sent', at: state.sentAt };
    case 'unknown':
      return { tone: 'warn', word: 'sent or not: unknown', at: state.since };
    case 'skipped':
      return { tone: 'none', word: `not sent: ${state.why}`, at: state.at };
  }
}
