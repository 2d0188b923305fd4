import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import { wholeNumber } from '../parse-number.ts';
import { parseDay, parseFormat, type ReconcileOptions } from './options.ts';

/** `payments reconcile`: one sweep now, one order, or a range of days. */
export function defineReconcileCommand(reconcile: Command): void {
  reconcile
    .argument('[order]', 'one order, by transaction id or merchant order id')
    .option('--from <day>', 'every order made on this day in India or later, 2026-01-31', parseDay)
    .option('--to <day>', 'the last day of that range (default: today)', parseDay)
    .option('--repair', 'publish what is missing in the range; without it, only look')
    .option('--report <format>', 'print the result as table, json or csv', parseFormat, 'table')
    .option('--json', 'the same as --report json')
    .option('--reveal', 'show bank references (UTR) in full')
    .option(
      '--rate <number>',
      'the most questions to the gateway in a second',
      wholeNumber('a rate is', 1, 1000),
      25,
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .showHelpAfterError(`(${PROGRAM} reconcile --help shows what there is)`)
    .addHelpText(
      'after',
      `
Without an order and without --from: one sweep over all open orders, due or not.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).
Days are days in India. Effects of what is published show a moment later. Every form says who asks, and where. One order, a
sweep and --repair change something: on production they ask for the stage's name, and each leaves one line of who did what.
Ctrl-C ends them with what is under way; the rest is done by the next run.
Repairing also ends what needed an operator and does not any more, by what the gateway and the buyer's holdings say now.
Exit status 0: nothing is left for an operator to do; 1: something is, or the command failed. A sweep ends with 1 where an
order needs an operator from now on or it could not decide one; orders that still wait for an outcome are in order.

  ${PROGRAM} reconcile
  ${PROGRAM} reconcile txn_MP-uuid-123-1732356000-abc123
  ${PROGRAM} reconcile --from 2026-01-01 --to 2026-01-31 --report csv > january.csv
  ${PROGRAM} reconcile --from 2026-01-31 --repair`,
    )
    .action(async (order: string | undefined, options: ReconcileOptions) => {
      const { runReconcile } = await import('./run.ts');
      await runReconcile(order, options);
    });
}
