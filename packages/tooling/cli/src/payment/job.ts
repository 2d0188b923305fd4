import type { Consent } from '../operator/confirm-change.ts';
import type { Sources } from './story/connect-sources.ts';
import type { Story } from './story/story.ts';

/** One call of the command, where it changes something. */
export interface PaymentJob {
  sources: Sources;
  consent: Consent;
  signal: AbortSignal;
}

/** What was done, in sentences, and the order afterwards. */
export interface Ended {
  done: string[];
  story: Story;
}
