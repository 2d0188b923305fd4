import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import type { PaymentOptions } from './run.ts';

/** `payments payment`: the whole story of one order, and its repair. */
export function definePaymentCommand(payment: Command): void {
  payment
    .argument('<order>', 'a transaction id, a merchant order id, a user id or an email')
    .option('--repair', 'bring about what is missing')
    .option('--resend-mail', 'have a mail sent again of which it is unknown whether it was sent')
    .option('--reveal', 'show email, VPA and bank references in full')
    .option('--json', 'the same as data')
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .showHelpAfterError(`(${PROGRAM} payment --help shows what there is)`)
    .addHelpText(
      'after',
      `
Shows the transaction and its history, PhonePe's own answer now, the user's tier, the entitlement records, the mails,
the order's dead letters, and a verdict: consistent, or what is missing and the one command that repairs it.
Of a user id or an email it is the newest order that is paid, else the newest; the others are listed. An email finds
the user who has it now, spelled as stored or in lower case.
Without --repair and --resend-mail nothing is changed. What cannot be read, because AWS refuses it or PhonePe does not
answer, is said in its place, and the verdict is not certain then. Live queues are only counted: to look into them would
spend delivery attempts. The stage is the one that the SDK's environment leads to (AWS_PROFILE, AWS_REGION,
AWS_ENDPOINT_URL).

--repair publishes what PhonePe says where our books or the buyer lack it, ends what needs no person any more, puts
those of the order's dead letters back into their queue that say what PhonePe and our books say, waits up to 15 s for the
effects, and shows the order anew. It may be run again at any time and sends no mail twice. What only an operator can decide,
such as a refund or a letter that PhonePe does not confirm, it leaves alone.
--resend-mail is for a mail whose sending is "unknown": SES may have taken it, so it may arrive twice. It asks first.
Both write down who did it, and ask for the stage's name and for a word why on production.

Exit status 0: consistent, or waiting for the buyer or for effects on their way; 1: something is missing, an operator has
to decide, something could not be seen, or the command failed.

  ${PROGRAM} payment txn_MP-uuid-123-1732356000-abc123
  ${PROGRAM} payment MP-uuid-123-1732356000-abc123 --repair
  ${PROGRAM} payment uuid-123 --json
  ${PROGRAM} payment anna@example.com --reveal
  ${PROGRAM} payment txn_MP-uuid-123-1732356000-abc123 --resend-mail`,
    )
    .action(async (order: string, options: PaymentOptions) => {
      const { runPayment } = await import('./run.ts');
      await runPayment(order, options);
    });
}
