import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { type Command, Option } from 'commander';
import { parseShare, ratePerSecond, wholeNumber } from '../parse-number.ts';
import type { BurstOptions } from './burst/run.ts';
import type { MonthOptions } from './month/run.ts';
import {
  listEvents,
  parseEvent,
  parseOrder,
  parseRefund,
  signingModes,
  variants,
  type WebhookOptions,
} from './webhook/options.ts';

/** `payments simulate`: what the gateway and buyers would do, for demonstrations and load. */
export function defineSimulateCommand(simulate: Command): void {
  simulate.showHelpAfterError(`(${PROGRAM} simulate --help shows what there is)`);
  addWebhookCommand(simulate);
  addBurstCommand(simulate);
  addMonthCommand(simulate);
}

/** More at once would only measure this machine. */
const MOST_TIMES = 1000;

/** `payments simulate webhook`: one webhook, as the gateway would send it or broken on purpose. */
function addWebhookCommand(simulate: Command): void {
  simulate
    .command('webhook')
    .description('send a webhook to the stage as the gateway would, and print what is answered')
    .argument('<event>', 'what the webhook says has happened; all events are below', parseEvent)
    .option(
      '--order <id>',
      'the order, by transaction id or merchant order id (default: one that is unknown)',
      parseOrder,
    )
    .option(
      '--refund <id>',
      'of refund events: the merchant refund id (default: made up)',
      parseRefund,
    )
    .option(
      '--amount <paisa>',
      "the amount that the webhook claims (default: the order's own)",
      wholeNumber('an amount is in paisa,', 1, 1_000_000_000),
    )
    .option('--mandate', 'of order events: the order sets up a mandate (another paymentFlow)')
    .addOption(
      new Option('--variant <payload>', 'which of the two payloads in circulation')
        .choices(variants)
        .default('current'),
    )
    .addOption(
      new Option('--sign <mode>', 'how it is signed, or how its signature is broken')
        .choices(signingModes)
        .default('sha256'),
    )
    .option(
      '--times <n>',
      'send it so often, all at once',
      wholeNumber('times are', 1, MOST_TIMES),
      1,
    )
    .option(
      '--expect <status>',
      'succeed with this HTTP status and no other',
      wholeNumber('an HTTP status is', 100, 599),
    )
    .option('--print', 'send nothing, and print the request as a curl command')
    .option('--json', 'print the answers as JSON')
    .showHelpAfterError(`(${PROGRAM} simulate webhook --help shows what there is)`)
    .addHelpText(
      'after',
      `
Events:
${listEvents()}

The answer is one of the stage's own: what a webhook claims is only a reason for it to ask the gateway. So a completed
order is published only where it is paid there. A refund or dispute of an order that the stage does not know ends in
the dead-letter queue of reconciliation.
The signature is made with the first webhookCredentials (sha256) or the first webhookHmacKeys (hmac-hex, hmac-base64)
of the stage's gateway secret. none: no header; wrong: of other credentials; tampered: hmac-hex, and then the body was
changed (sha256 signs no body, so it cannot show that).
--print shows a signature that holds: a reader who has it can send that webhook to the stage.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL); never production.
Exit status 0: every answer was a 2xx, or the status that was expected; 1: another, or none.

  ${PROGRAM} simulate webhook checkout.order.completed --order txn_MP-uuid-123-1732356000-abc123
  ${PROGRAM} simulate webhook checkout.order.completed --order MP-uuid-123-1732356000-abc123 --times 10
  ${PROGRAM} simulate webhook checkout.order.failed --variant legacy-extra --expect 404
  ${PROGRAM} simulate webhook pg.refund.completed --order MP-uuid-123-1732356000-abc123 --refund R-1 --amount 29900
  ${PROGRAM} simulate webhook checkout.order.completed --sign tampered --expect 401`,
    )
    .action(async (event: ReturnType<typeof parseEvent>, options: WebhookOptions) => {
      const { runWebhook } = await import('./webhook/run.ts');
      await runWebhook(event, options);
    });
}

const MOST_PAYMENTS = 10_000;

/** `payments simulate burst`: many demo buyers at once, some of them with bad luck. */
function addBurstCommand(simulate: Command): void {
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
    .option(
      '--rate <n/s>',
      'begin so many payments in a second at most',
      ratePerSecond('so many', 1000),
    )
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
    .showHelpAfterError(`(${PROGRAM} simulate burst --help shows what there is)`)
    .addHelpText(
      'after',
      `
Rates are shares from 0 to 1 and add up to at most 1; the rest simply pays. Counts follow the rates exactly, and the seed
says which buyer meets what, so that a demonstration can be repeated.
Every buyer is new: a user sim-RUN-N at example.com with both entitlement records, left behind for looking at. Each asks
for the upgrade over HTTP, and the sandbox then does what the buyer would on its payment page. Mails go to example.com.
More than 100 buyers are asked about. --sweep looks at every open order of the stage, not only at those of the run.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL); never production.
Exit status 0: every payment that a webhook tells of (with --sweep: every payment) stands as it should; 1: otherwise.

  ${PROGRAM} simulate burst 50
  ${PROGRAM} simulate burst 50 --lost 0.1 --duplicate 0.1 --declined 0.1 --abandoned 0.1 --seed 7
  ${PROGRAM} simulate burst 1000 --concurrency 50 --rate 100/s --lost 0.05 --sweep --yes`,
    )
    .action(async (count: number, options: BurstOptions) => {
      const { runBurst } = await import('./burst/run.ts');
      await runBurst(count, options);
    });
}

/** `payments simulate month`: what a shop looks like after a month. */
function addMonthCommand(simulate: Command): void {
  simulate
    .command('month')
    .description('let a month of demo buyers pass on a run of this machine, with its clock')
    .option('--orders <n>', 'so many orders', wholeNumber('orders are', 1, MOST_PAYMENTS), 2000)
    .option(
      '--seed <n>',
      'the month of the run with this seed',
      wholeNumber('a seed is', 0, 2 ** 32 - 1),
    )
    .option('--concurrency <n>', 'buyers at once', wholeNumber('buyers at once are', 1, 200), 20)
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant: on any other nothing is done')
    .option('--json', 'print the result as JSON')
    .showHelpAfterError(`(${PROGRAM} simulate month --help shows what there is)`)
    .addHelpText(
      'after',
      `
Buyers of every plan on sale click, pay, fail, leave and get money back, more of them from day to day and in the evening. Nothing is
written past the services: each order goes over HTTP to the sandbox and back, and the run's clock (POST /dev/clock) moves on
by six hours between them, so that sweeps, refunds and expiries happen. It never goes back: afterwards it is a month later in
the run. 2,000 orders take some minutes. Ctrl-C ends it after the orders that are under way.
The same seed deals the same outcomes, plans, modes and days; ids differ.

  ${PROGRAM} simulate month
  ${PROGRAM} simulate month --orders 300 --seed 7 --yes`,
    )
    .action(async (options: MonthOptions) => {
      const { runMonth } = await import('./month/run.ts');
      await runMonth(options);
    });
}
