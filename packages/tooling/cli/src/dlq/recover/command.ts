import type { Command } from 'commander';
import { addFilterOptions } from '../filter-options.ts';
import type { RecoverOptions } from './run.ts';

/** `payments dlq recover`: rows of orders that the table has lost, from the events in dead letters. */
export function addRecoverCommand(dlq: Command): void {
  const command = dlq
    .command('recover')
    .description('write the rows of orders that a restored table has lost, from their events')
    .argument('<queue>', 'a subscriber, or delivery for what EventBridge could not deliver');
  addFilterOptions(command)
    .option('--dry-run', 'only say which rows would be written')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--json', 'the result as JSON')
    .showHelpAfterError('(payments dlq recover --help shows what there is)')
    .addHelpText(
      'after',
      `
For the time after a table of orders was restored from a backup: orders that are younger than the backup have no row, and
their events end here as "no transaction row". Each event of an order (initiated, completed, failed) carries what its row
began with. Where there is no row, one is written as the upgrade call writes it: PENDING, with the buyer, plan and amount
of the event. Nothing else of the event is believed: what became of the order is asked of the gateway, by the next sweep.
A row that is there is never touched, and letters stay where they are: replay them afterwards, so that refunds count again.
The filters say which letters are looked at; without any, every letter of the queue. More than 5 rows are asked about.
Exit status 0: every order that letters tell of has a row; 1: one has none, nothing was found, or the command failed.

  ./payments dlq recover reconciliation --reason 'no transaction row*' --dry-run
  ./payments dlq recover reconciliation --reason 'no transaction row*'
  ./payments dlq replay reconciliation --reason 'no *'`,
    )
    .action(async (queue: string, options: RecoverOptions) => {
      const { runRecover } = await import('./run.ts');
      await runRecover(queue, options);
    });
}
