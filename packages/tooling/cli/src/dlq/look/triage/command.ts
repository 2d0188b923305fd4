import type { Command } from 'commander';
import { addFilterOptions } from '../../filter-options.ts';
import type { TriageOptions } from './run.ts';

/** `payments dlq triage`: dead letters by what went wrong, and what to run about each kind. */
export function addTriageCommand(dlq: Command): void {
  const command = dlq
    .command('triage')
    .description('group dead letters by queue and reason, each group with the commands for it')
    .argument('[queue]', 'a subscriber, or delivery; without it, every dead-letter queue');
  addFilterOptions(command)
    .option('--json', 'the groups as JSON')
    .showHelpAfterError('(payments dlq triage --help shows what there is)')
    .addHelpText(
      'after',
      `
The largest group comes first. Reasons are alike that differ in ids, numbers and addresses only: these are a * in the
reason that stands for the group. Each group has the command that shows it, the one that replays it, and where all of it
can never succeed, the one that discards it instead; they can be pasted into a shell and mean that group, with the
filters given here. Where a command means other letters too, it says so.
Nothing is changed. Letters are hidden from others while this looks at them.
Exit status 0, also where there are dead letters.

  payments dlq triage
  payments dlq triage tiers --since 2h
  payments dlq triage --json`,
    )
    .action(async (queue: string | undefined, options: TriageOptions) => {
      const { runTriage } = await import('./run.ts');
      await runTriage(queue, options);
    });
}
