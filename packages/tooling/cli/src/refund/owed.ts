import { printable } from '@cloudnestle/contracts/printable';
import { listChargedTwice, type Owed, readOwed } from '@cloudnestle/operations/refunds/owed';
import { type PaidBack, payBackOwed } from '@cloudnestle/operations/refunds/pay-back-owed';
import { maskText } from '@cloudnestle/operations/words/mask';
import { plural } from '@cloudnestle/operations/words/plural';
import { formatRupees } from '@cloudnestle/payments/money';
import { describeAge } from '../dlq/words.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { type Consent, checkStage, makeChange } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { print, tell } from '../output/print.ts';
import { shell } from '../shell.ts';
import { connectDesk } from './connect-desk.ts';

export interface OwedOptions extends Consent {
  dryRun?: boolean;
  /** At most so many refunds, the longest waiting first. */
  max?: number;
  json?: boolean;
}

type Desk = ReturnType<typeof connectDesk>['desk'];

/** Lists all that was paid twice, and pays it back after one question; sets the exit status. */
export async function runOwed(options: OwedOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const { desk, platform } = connectDesk(stage);
  const list = await readAll(desk);
  const payable = list.filter(({ obstacle }) => obstacle === undefined).slice(0, options.max);
  const chosen = new Set(payable.map(({ transactionId }) => transactionId));
  const view = (results: ReadonlyMap<string, PaidBack>) => ({
    stage: stage.stage,
    owed: list.map((owed) => describe(owed, results.get(owed.transactionId))),
  });
  const words = formatOwed(list, { stage: stage.stage, chosen, now: platform.now() });
  if (options.dryRun || payable.length === 0) {
    print(options.json ? view(new Map()) : words);
    return;
  }
  if (!options.json) tell(...words.split('\n'));
  const operator = await openOperator(stage);
  const sum = formatRupees(payable.reduce((total, each) => total + each.refundInPaisa, 0));
  const change = {
    action: 'refund owed',
    what: `Pay back ${plural(payable.length, 'duplicate')}, ${sum} in all`,
    asks: true,
    target: { orders: payable.map(({ transactionId }) => transactionId).join(' ') },
    counts: { asked: 0, left: 0 },
  };
  const results = await makeChange(operator, change, options, async () => {
    const done = new Map<string, PaidBack>();
    await payBackOwed(desk, chosen, {
      by: operator.caller,
      trigger: () => ({ producer: 'cli', causationId: desk.newId() }),
      signal: untilInterrupted(),
      onPaid: (transactionId, result) => {
        done.set(transactionId, result);
        change.counts[result.kind] += 1;
      },
    });
    return done;
  });
  print(options.json ? view(results) : formatResults(results));
  if (change.counts.left > 0) shell().status ??= 1;
}

async function readAll(desk: Desk): Promise<Owed[]> {
  const found = await listChargedTwice(desk.listAttention);
  const list: Owed[] = [];
  for (const { transactionId } of found) {
    const owed = await readOwed(desk, transactionId);
    if (owed) list.push(owed);
  }
  return list;
}

function describe(owed: Owed, result: PaidBack | undefined) {
  const { transactionId, keptId, since, owedInPaisa, refundInPaisa, obstacle, leftToOperator } =
    owed;
  return {
    ...{ transactionId, keptId, since, owedInPaisa, refundInPaisa },
    obstacle: obstacle === undefined ? undefined : maskText(obstacle),
    leftToOperator,
    result,
  };
}

/** In paragraphs: the longest waiting first, and why something is left out. */
function formatOwed(
  list: readonly Owed[],
  { stage, chosen, now }: { stage: string; chosen: ReadonlySet<string>; now: Date },
): string {
  if (list.length === 0) return `${stage}: no order was paid twice.`;
  const sum = formatRupees(list.reduce((total, { owedInPaisa }) => total + owedInPaisa, 0));
  const entries = list.flatMap((owed) => {
    const { transactionId, keptId, since, owedInPaisa, obstacle } = owed;
    const age = describeAge(now.getTime() - new Date(since).getTime());
    const kept = keptId === transactionId ? 'paid twice itself' : `the buyer keeps ${keptId}`;
    return [
      `  ${printable(transactionId)}  ${formatRupees(owedInPaisa)}, for ${age}`,
      `    ${printable(kept)}`,
      `    ${printable(obstacle === undefined ? describeChoice(owed, chosen) : `left out: ${maskText(obstacle)}`, 500)}`,
    ];
  });
  return [`${stage}: ${plural(list.length, 'order')} paid twice, ${sum} owed.`, ...entries].join(
    '\n',
  );
}

function describeChoice(
  { transactionId, refundInPaisa, leftToOperator }: Owed,
  chosen: ReadonlySet<string>,
): string {
  if (!chosen.has(transactionId)) return 'left out: above --max';
  const by = leftToOperator === undefined ? '' : `; look at it first: ${leftToOperator}`;
  return `${formatRupees(refundInPaisa)} can go back${by}`;
}

function formatResults(results: ReadonlyMap<string, PaidBack>): string {
  return [...results]
    .map(([transactionId, result]) =>
      result.kind === 'asked'
        ? `${transactionId}: ${formatRupees(result.amountInPaisa)} asked back, refund ${result.refundId}`
        : `${transactionId}: left, ${result.why}`,
    )
    .map((line) => printable(line, 1000))
    .join('\n');
}
