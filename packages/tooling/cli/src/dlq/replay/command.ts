import type { Command } from 'commander';
import { wholeNumber } from '../../parse-number.ts';
import { addFilterOptions } from '../filter-options.ts';
import type { ReplayOptions } from './options.ts';
import { parseRate } from './parse-rate.ts';

/** `payments dlq replay`: dead letters back into the queue they came from. */
export function addReplayCommand(dlq: Command): void {
  const command = dlq
    .command('replay')
    .description('move dead letters back into the queue they came from')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say what would be moved')
    .option(
      '--rate <n/s>',
      'letters in a second at most (default: as fast as SQS takes them)',
      parseRate,
    )
    .option('--max <n>', 'letters at most', wholeNumber('--max is'))
    .option('--force', 'also those that can never succeed by the contracts of this version')
    .option(
      '--watch <seconds>',
      'how long to look for letters that fail again, 0: not at all',
      wholeNumber('--watch is', 0),
      10,
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--json', 'the summary as JSON')
    .showHelpAfterError('(payments dlq replay --help shows what there is)')
    .addHelpText(
      'after',
      `
Without filters every letter of the queue is meant; the action takes what the filters mean, not what "show" has shown.
A letter is sent with who replayed it, when and how often (replayedBy, replayedAt, replayCount), which the subscriber's
summary line repeats, and without the attributes of its failure. Attributes that others gave it stay; SQS takes ten, so
of a letter with more than seven of them a part of the three above stays away, and the summary counts it.
It is deleted only after it was sent: a replay that is killed loses nothing, and the next one takes up the rest after
half a minute. Letters that arrive after the start, or fail again, are left for the next replay. Letters that somebody
else looks at or moves are waited for, a minute or so.
More than 5 letters are asked about. Refused without --force: what does not fit its contract, which would only come back.
Exit status 0: every letter that was meant is in its queue, and none was seen to fail again; 1: otherwise.

  payments dlq replay tiers --dry-run
  payments dlq replay tiers --order txn_MP-uuid-123-1732356000-abc123
  payments dlq replay notifications --reason 'throttl*' --since 2h --rate 5/s --yes
  payments dlq replay delivery`,
    )
    .action(async (queue: string, options: ReplayOptions) => {
      const { runReplay } = await import('./run.ts');
      await runReplay(queue, options);
    });
}
