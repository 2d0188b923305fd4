import type { RefundReason } from '@cloudnestle/contracts/items/refund';
import { refundReasonSchema } from '@cloudnestle/contracts/items/refund';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { type Command, InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Consent } from '../operator/confirm-change.ts';
import { wholeNumber } from '../parse-number.ts';

interface PayOptions extends Consent {
  amount?: number;
  reason?: RefundReason;
  note?: string;
  key?: string;
  owed?: boolean;
  dryRun?: boolean;
  max?: number;
  json?: boolean;
}

/** `payments refund`: money back to buyers. */
export function defineRefundCommand(refund: Command): void {
  refund.showHelpAfterError(`(${PROGRAM} refund --help shows what there is)`).addHelpText(
    'after',
    `
  ./payments refund txn_MP-uuid-123-1732356000-abc123 --reason BUYER_REQUEST
  ./payments refund txn_MP-uuid-123-1732356000-abc123 --amount 100.00 --reason SERVICE_FAILURE --note "case 4711"
  ./payments refund --owed --dry-run
  ./payments refund status txn_MP-uuid-123-1732356000-abc123

${PROGRAM} refund pay --help tells the options.`,
  );
  addPay(refund);
  addStatus(refund);
}

function addPay(refund: Command): void {
  refund
    .command('pay', { isDefault: true })
    .description(
      'pay an order’s money back, or with --owed what was paid twice; "pay" may be left out',
    )
    .argument('[order]', 'the order, by transaction id or merchant order id')
    .option('--reason <reason>', `one of ${refundReasonSchema.options.join(', ')}`, parseReason)
    .option('--amount <rupees>', 'a part, such as 100.00; left out: all that is left', parseRupees)
    .option('--note <words>', 'for operators who look at it later; no personal data')
    .option('--key <key>', 'the same key of an order is the same refund; left out: a new one')
    .option('--owed', 'list what buyers have paid twice, and pay it back after one question')
    .option('--dry-run', 'with --owed: list it, and change nothing')
    .option('--max <count>', 'with --owed: at most so many refunds', wholeNumber('--max is'))
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--why <text>', 'why, in words, for the action log; on production it must be said')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} refund pay --help shows what there is)`)
    .addHelpText(
      'after',
      `
The amount is set aside on the order, and the gateway is asked within a minute. A refund of all that was paid ends access; a
part leaves it. The buyer gets one mail when the money is on its way. Refused, with the reason: not paid, nothing left,
another refund under way, older than the gateway's window, disputed.
--owed leaves out what is disputed, revoked or still moving, and says why.
Exit status 0: asked for, by this call or an earlier one with its key; 1: refused, in part or whole, or the command failed.`,
    )
    .action(async (order: string | undefined, options: PayOptions) => {
      if (options.owed) return payOwed(order, options);
      return payOrder(order, options);
    });
}

async function payOwed(order: string | undefined, options: PayOptions): Promise<void> {
  const { reason, amount, note, key } = options;
  if ([order, reason, amount, note, key].some((each) => each !== undefined)) {
    throw new CliError(
      '--owed is about every order that was paid twice: it takes no order, reason, amount, note or key.',
    );
  }
  const { runOwed } = await import('./owed.ts');
  await runOwed(options);
}

async function payOrder(order: string | undefined, options: PayOptions): Promise<void> {
  const { reason, dryRun, max } = options;
  if (order === undefined) throw new CliError('Name an order, or --owed.');
  if (reason === undefined) {
    throw new CliError(`--reason is missing: one of ${refundReasonSchema.options.join(', ')}.`);
  }
  if (dryRun || max !== undefined) throw new CliError('--dry-run and --max go with --owed.');
  const { runPay } = await import('./pay.ts');
  await runPay(order, { ...options, reason });
}

function addStatus(refund: Command): void {
  refund
    .command('status')
    .description('where a refund stands, or every refund of an order')
    .argument('<refund|order>', 'a refund’s id, or an order by transaction id or merchant order id')
    .option('--json', 'the same as JSON')
    .showHelpAfterError(`(${PROGRAM} refund status --help shows what there is)`)
    .addHelpText(
      'after',
      `
Nothing is changed, and the gateway is not asked: the refund sweep does so. Exit status 0, also where there is none; 1 where
the command failed.`,
    )
    .action(async (id: string, options: { json?: boolean }) => {
      const { runStatus } = await import('./status.ts');
      await runStatus(id, options);
    });
}

function parseReason(text: string): RefundReason {
  const reason = refundReasonSchema.safeParse(text.trim().toUpperCase().replaceAll('-', '_'));
  if (reason.success) return reason.data;
  throw new InvalidArgumentError(`a reason is one of ${refundReasonSchema.options.join(', ')}.`);
}

/** `100`, `100.5` and `100.50` as paisa, without a float in between. */
export function parseRupees(text: string): number {
  const [, rupees, paisa = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const amount = Number(rupees) * 100 + Number(paisa.padEnd(2, '0'));
  if (rupees !== undefined && amount > 0) return amount;
  throw new InvalidArgumentError('an amount is rupees such as 100 or 100.50, above zero.');
}
