import type { Command } from 'commander';
import { wholeNumber } from '../../../parse-number.ts';
import { addFilterOptions } from '../../filter-options.ts';
import type { ShowOptions } from './run.ts';

/** `payments dlq show`: letters of one queue, or one letter whole. */
export function addShowCommand(dlq: Command): void {
  const command = dlq
    .command('show')
    .description('show dead letters of a queue, or one of them whole')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver')
    .argument('[id]', 'one letter, by message id or event id, with its attributes and its body');
  addFilterOptions(command)
    .option('--limit <n>', 'letters at most', wholeNumber('--limit is'), 20)
    .option('--json', 'the letters as JSON, with their bodies')
    .option('--reveal', 'with email addresses and VPAs as they are')
    .showHelpAfterError('(payments dlq show --help shows what there is)')
    .addHelpText(
      'after',
      `
The letter that failed last comes first. A letter that SQS itself moved after a crash or a timeout has no reason, and
says so; its time is when it was sent. --limit cuts what is shown and nothing else: replay and discard act on what
the filters mean, shown or not.
Nothing is changed. Letters are hidden from others while this looks at them.
Exit status 0: something was shown; 1: no letter matches, or the command failed.

  payments dlq show tiers
  payments dlq show notifications --reason 'not verified' --since 2h --limit 100
  payments dlq show tiers evt_ccb40c6ef2f367da4e1f35bac67b0dfc`,
    )
    .action(async (queue: string, id: string | undefined, options: ShowOptions) => {
      const { runShow } = await import('./run.ts');
      await runShow(queue, id, options);
    });
}
