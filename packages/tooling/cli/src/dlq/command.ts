import type { Command } from 'commander';
import { addDiscardCommand } from './discard/command.ts';
import { addListCommand } from './look/list/command.ts';
import { addShowCommand } from './look/show/command.ts';
import { addTriageCommand } from './look/triage/command.ts';
import { addRecoverCommand } from './recover/command.ts';
import { addReplayCommand } from './replay/command.ts';

/** `payments dlq`: what the subscribers gave up on, looked at, sent back or thrown away. */
export function defineDlqCommand(dlq: Command): void {
  dlq.showHelpAfterError('(payments dlq --help shows what there is)').addHelpText(
    'after',
    `
A dead letter is an event that a subscriber gave up on, with the reason beside it. Every subscriber has a queue and a
dead-letter queue of its own; "delivery" is the dead-letter queue of what EventBridge could not put into a queue.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).

  payments dlq list                   how many there are
  payments dlq triage                 why, and what to run about it
  payments dlq show tiers             which ones
  payments dlq replay tiers --dry-run what a replay would do`,
  );
  addListCommand(dlq);
  addTriageCommand(dlq);
  addShowCommand(dlq);
  addReplayCommand(dlq);
  addDiscardCommand(dlq);
  addRecoverCommand(dlq);
}
