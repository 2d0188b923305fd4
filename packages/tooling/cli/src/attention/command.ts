import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { reasonWords } from '@cloudnestle/operations/attention/reasons';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { type Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../parse-number.ts';
import type { ListOptions } from './list.ts';
import type { ResolveOptions } from './resolve.ts';

/** `payments attention`: the orders that need an operator. */
export function defineAttentionCommand(attention: Command): void {
  attention.showHelpAfterError(`(${PROGRAM} attention --help shows what there is)`).addHelpText(
    'after',
    `
What needs an operator stands on the order, with since when and why, until the facts no longer bear it out (asked again,
refunded, granted) or an operator says that it was dealt with. The alarms stand on how many there are.
The reasons:
${describeReasons()}

  ./payments attention list
  ./payments attention list --reason DISPUTE`,
  );
  addListCommand(attention);
  addResolveCommand(attention);
}

function addListCommand(attention: Command): void {
  attention
    .command('list')
    .description('the orders that need an operator, by reason and age, each with its command')
    .option('--reason <reason>', 'of this reason only', parseReason)
    .option('--json', 'the same as JSON')
    .showHelpAfterError(`(${PROGRAM} attention list --help shows what there is)`)
    .addHelpText(
      'after',
      `
Read from the index of such orders, which lags a moment. Nothing is changed. Exit status 0, also where there are some;
1 where the command failed.

  ./payments attention list
  ./payments attention list --reason CHARGED_TWICE --json`,
    )
    .action(async (options: ListOptions) => {
      const { runList } = await import('./list.ts');
      await runList(options);
    });
}

function addResolveCommand(attention: Command): void {
  attention
    .command('resolve')
    .description('end a reason by your word: what is known until now does not bring it back')
    .argument('<order>', 'the order, by transaction id or merchant order id')
    .requiredOption('--reason <reason>', 'the reason that was dealt with', parseReason)
    .requiredOption('--why <words>', 'what was done about it, kept on the order; no personal data')
    .option(
      '--seen <version>',
      'only while it is as you saw it, as the list prints it',
      wholeNumber('--seen is', 0),
    )
    .option('--yes', 'do not ask')
    .option('--stage <name>', 'the stage that is meant; on production this answers the question')
    .option('--json', 'the result as JSON')
    .showHelpAfterError(`(${PROGRAM} attention resolve --help shows what there is)`)
    .addHelpText(
      'after',
      `
For what no command can mend: a dispute that was answered, money that was paid back elsewhere. Who said it, when and why
stays on the order. A new fact (another dispute, another mismatch) brings the reason back. Nothing else is changed: no
access, no money, no mail.
Exit status 0: the reason stands no more; 1: it did not stand, or the command failed.

  ./payments attention resolve txn_MP-uuid-123-1732356000-abc123 --reason DISPUTE --why "answered in the dashboard, case 4711"`,
    )
    .action(async (order: string, options: ResolveOptions) => {
      const { runResolve } = await import('./resolve.ts');
      await runResolve(order, options);
    });
}

function describeReasons(): string {
  const entries = Object.entries(reasonWords);
  return entries.map(([reason, { meaning }]) => `  ${reason.padEnd(15)}  ${meaning}`).join('\n');
}

function parseReason(text: string): AttentionReason {
  const reason = text.trim().toUpperCase();
  if (isReason(reason)) return reason;
  throw new InvalidArgumentError(`a reason is one of ${Object.keys(reasonWords).join(', ')}.`);
}

function isReason(text: string): text is AttentionReason {
  return Object.hasOwn(reasonWords, text);
}
