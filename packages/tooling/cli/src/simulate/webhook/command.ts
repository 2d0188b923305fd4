import { type Command, Option } from 'commander';
import { wholeNumber } from '../../parse-number.ts';
import { listEvents } from './list-events.ts';
import { signingModes, variants, type WebhookOptions } from './options.ts';
import { parseEvent, parseOrder, parseRefund } from './parse-options.ts';

/** More at once would only measure this machine. */
const MOST_TIMES = 1000;

/** `payments simulate webhook`: one webhook, as the gateway would send it or broken on purpose. */
export function addWebhookCommand(simulate: Command): void {
  simulate
    .command('webhook')
    .description('send a webhook to the stage as the gateway would, and print what is answered')
    .argument('<event>', 'what the webhook says has happened; all events are below', parseEvent)
    .option(
      '--order <id>',
      'the order, by transaction id or merchant order id (default: one that nobody knows)',
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
    .showHelpAfterError('(payments simulate webhook --help shows what there is)')
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
--print shows a signature that holds: whoever has it can send that webhook to the stage.
The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL); never production.
Exit status 0: every answer was a 2xx, or the status that was expected; 1: another, or none.

  payments simulate webhook checkout.order.completed --order txn_MP-uuid-123-1732356000-abc123
  payments simulate webhook checkout.order.completed --order MP-uuid-123-1732356000-abc123 --times 10
  payments simulate webhook checkout.order.failed --variant legacy-extra --expect 404
  payments simulate webhook pg.refund.completed --order MP-uuid-123-1732356000-abc123 --refund R-1 --amount 29900
  payments simulate webhook checkout.order.completed --sign tampered --expect 401`,
    )
    .action(async (event: ReturnType<typeof parseEvent>, options: WebhookOptions) => {
      const { runWebhook } = await import('./run.ts');
      await runWebhook(event, options);
    });
}
