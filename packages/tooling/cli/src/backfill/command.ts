import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import { wholeNumber } from '../parse-number.ts';
import type { BackfillOptions } from './run.ts';

/** `payments backfill`: brings tables that were there before this system to what it needs. */
export function defineBackfillCommand(backfill: Command): void {
  backfill
    .option('--dry-run', 'only look, and say what would be done')
    .option('--rate <number>', 'the most rows looked at in a second', wholeNumber('--rate is'), 200)
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} backfill --help shows what there is)`)
    .addHelpText(
      'after',
      `
First every table of the stage is looked at, and nothing is changed where one is missing, has other keys, has an index
of the right name with other keys, or has provisioned capacity. Then, each step said before it is done:
  indexes  what is missing is made, one at a time; a table that is busy is waited for. This can take hours on large
           tables, and goes on at AWS when the command ends. Tables are neither made nor deleted, indexes never deleted.
           Not made is an index of something that is no text in some row: such a row could not be written any more
  rows     every transaction gets the key of its day in India; those that the sweep must still look at get the keys of
           the index of open orders: the next sweep takes them; those that need an operator (put up for review by an earlier
           version, money owed back, a refund of a part) get the state and the keys by which attention finds them. Each
           row is one conditional write, of these alone, that gives way to whatever a service writes meanwhile. A row that
           cannot be read is listed, and left as it is but for its review
  payments every paid order whose access stands is noted in its buyer's checkouts item: by that the upgrade call refuses
           to sell the same again, and a second payment is seen as one. What the earlier system took for paid is
           believed; ${PROGRAM} reconcile --from compares it with the gateway
  grants   the same order is noted as a grant in its buyer's row and in both entitlement records, those that are there, as
           the subscribers note a payment: a refund of another order then takes nothing away that this one gives. No
           mail is sent, no searches are given back, no status changes. Access is given by it only where one of the
           buyer's items names the tier already: the others follow it. Where none does, the order is named at the end:
           ${PROGRAM} payment <order> --repair asks the gateway first
Open again are what a sweep would still look at by itself: PENDING until three days after the expiry, FAILED for want of
an outcome as long, COMPLETED until four days after the payment. What is older is for ${PROGRAM} reconcile --from.

Nothing is remembered between runs: run it again after an interruption, and once more when nothing writes old rows any
more. It takes more rights than the operators' policies give: dynamodb:DescribeTable, UpdateTable, Scan, GetItem and
UpdateItem. The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).

Exit status 0: nothing is left to do; 1: something is, also when only looked at, or the command failed.

  ${PROGRAM} backfill --dry-run
  ${PROGRAM} backfill
  ${PROGRAM} backfill --rate 1000 --stage production`,
    )
    .action(async (options: BackfillOptions) => {
      const { runBackfill } = await import('./run.ts');
      await runBackfill(options);
    });
}
