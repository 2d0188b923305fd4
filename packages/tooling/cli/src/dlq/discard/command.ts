import type { Command } from 'commander';
import { wholeNumber } from '../../parse-number.ts';
import { addFilterOptions } from '../filter-options.ts';
import type { DiscardOptions } from './options.ts';

/** `payments dlq discard`: dead letters into a file, and out of the queue. */
export function addDiscardCommand(dlq: Command): void {
  const command = dlq
    .command('discard')
    .description('write dead letters to a file and delete them from their queue')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say what would be discarded')
    .option('--max <n>', 'letters at most', wholeNumber('--max is'))
    .option(
      '--file <path>',
      'a new file for them (default: dead-letters-<queue>-<time>.jsonl here)',
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--json', 'the summary as JSON')
    .showHelpAfterError('(payments dlq discard --help shows what there is)')
    .addHelpText(
      'after',
      `
A payment's letter that is discarded leaves its buyer without what it was for: replay is nearly always what you want, and
"payments payment <order>" shows whether anything is missing. Without filters every letter of the queue is meant.
The file has one letter as JSON in each line, whole, with people's addresses; only its owner can read it. A letter is
deleted once it is on the disk. Letters that arrive after the start stay; those that somebody else holds
are waited for, a minute or so. More than 5 letters are asked about.
Exit status 0: every letter that was meant is in the file and out of the queue; 1: otherwise.

  payments dlq discard reconciliation --reason 'schema mismatch*' --dry-run
  payments dlq discard tiers --id 6f6f2a7e-5b1c-4f0e-9d0a-0d5f0e6f1c55`,
    )
    .action(async (queue: string, options: DiscardOptions) => {
      const { runDiscard } = await import('./run.ts');
      await runDiscard(queue, options);
    });
}
