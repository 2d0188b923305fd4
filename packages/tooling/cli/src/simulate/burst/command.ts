import type { Command } from 'commander';
import { parsePerSecond, parseShare, wholeNumber } from '../../parse-number.ts';
import type { BurstOptions } from './options.ts';

const MOST_PAYMENTS = 10_000;

/** `payments simulate burst`: many demo buyers at once, some of them with bad luck. */
export function addBurstCommand(simulate: Command): void {
  simulate
    .command('burst')
    .description('let many demo buyers pay on a stage with a sandbox, and see who becomes Pro')
    .argument('<count>', 'how many buyers', wholeNumber('buyers are', 1, MOST_PAYMENTS))
    .option('--lost <rate>', 'share that pays, and the webhook is lost', parseShare, 0)
    .option('--duplicate <rate>', 'share whose webhook comes twice at once', parseShare, 0)
    .option('--second-attempt <rate>', 'share that pays after a failed attempt', parseShare, 0)
    .option('--declined <rate>', 'share whose bank declines', parseShare, 0)
    .option('--cancelled <rate>', 'share that cancels on the payment page', parseShare, 0)
    .option('--expired <rate>', 'share whose payment page expires', parseShare, 0)
    .option('--abandoned <rate>', 'share that leaves and never finishes', parseShare, 0)
    .option('--concurrency <n>', 'buyers at once', wholeNumber('buyers at once are', 1, 200), 10)
    .option('--rate <n/s>', 'begin so many payments in a second at most', parsePerSecond)
    .option(
      '--seed <n>',
      'deal the faults as the run with this seed did',
      wholeNumber('a seed is', 0, 2 ** 32 - 1),
    )
    .option(
      '--wait <seconds>',
      'wait so long for outcomes after the last payment',
      wholeNumber('seconds are', 1, 3600),
      30,
    )
    .option('--sweep', 'run one sweep at the end, and expect the lost ones to be Pro as well')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant: on any other nothing is done')
    .option('--json', 'print the result as JSON')
    .showHelpAfterError('(payments simulate burst --help shows what there is)')
    .addHelpText(
      'after',
      `
Rates are shares from 0 to 1 and add up to at most 1; the rest simply pays. Counts follow the rates exactly, and the seed
says which buyer meets what, so that a demonstration can be repeated.
Every buyer is new: a user sim-RUN-N at example.com with both entitlement records, left behind for looking at. Each asks
for the upgrade over HTTP, and the sandbox then does what a person would on its payment page. Mails go to example.com.
More than 100 buyers are asked about. --sweep looks at every open order of the stage, not only at those of the run.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL); never production.
Exit status 0: every payment that a webhook tells of (with --sweep: every payment) stands as it should; 1: otherwise.

  payments simulate burst 50
  payments simulate burst 50 --lost 0.1 --duplicate 0.1 --declined 0.1 --abandoned 0.1 --seed 7
  payments simulate burst 1000 --concurrency 50 --rate 100/s --lost 0.05 --sweep --yes`,
    )
    .action(async (count: number, options: BurstOptions) => {
      const { runBurst } = await import('./run.ts');
      await runBurst(count, options);
    });
}
