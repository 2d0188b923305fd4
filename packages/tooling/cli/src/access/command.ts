import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import type { ChangeOptions } from './change.ts';

/** `payments access`: an operator's word on what a paid order gives. */
export function defineAccessCommand(access: Command): void {
  access.showHelpAfterError(`(${PROGRAM} access --help shows what there is)`).addHelpText(
    'after',
    `
A paid order gives access until its time is over or its row says that access was taken back: by a refund of all money, or
by an operator. No money is moved, and no mail is sent.

  ./payments access end txn_MP-uuid-123-1732356000-abc123 --reason "shared the account, case 4711"
  ./payments access restore txn_MP-uuid-123-1732356000-abc123 --reason "case 4711 was a mistake"`,
  );
  addChange(access, 'end', {
    description: 'take the access of a paid order away',
    about: `
The order's row is marked, and the event is published: the buyer falls back to what other orders give, and token validation
says so at once. The order counts as no payment any more, so its buyer may buy again.`,
  });
  addChange(access, 'restore', {
    description: 'give the access of a paid order back, whatever took it away',
    about: `
The mark is lifted, and the payment is published again as the gateway tells it. A pass keeps the end that it had: days that
went by meanwhile are not given back.`,
  });
}

function addChange(
  access: Command,
  change: 'end' | 'restore',
  { description, about }: { description: string; about: string },
): void {
  access
    .command(change)
    .description(description)
    .argument('<order>', 'the order, by transaction id or merchant order id')
    .requiredOption('--reason <words>', 'why, kept on the order; no personal data')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} access ${change} --help shows what there is)`)
    .addHelpText(
      'after',
      `${about}
What was changed and could not be published now, the sweep publishes within minutes. A repeat publishes again.
Exit status 0: the order is as wanted, by this word or an earlier one; 1: it is not, or the command failed.`,
    )
    .action(async (order: string, options: ChangeOptions) => {
      const { runChange } = await import('./change.ts');
      await runChange(change, order, options);
    });
}
