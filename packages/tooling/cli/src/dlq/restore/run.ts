import { printable } from '@cloudnestle/contracts/printable';
import { createKeptLetters } from '@cloudnestle/operations/letters/kept-letters';
import {
  type KeptPreview,
  previewRestore,
  type Restored,
  restoreLetters,
  sayRepeats,
} from '@cloudnestle/operations/letters/restore-letters';
import { maskText } from '@cloudnestle/operations/words/mask';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { CliError } from '../../cli-error.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { type Consent, checkStage, makeChange } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { formatTable } from '../../output/format-table.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { HANDFUL } from '../bulk.ts';
import { openTable, openWalks } from '../one-walk.ts';
import { openLetters } from '../stage-letters.ts';
import { countLetters, formatReasons, joinLines } from '../words.ts';

export interface RestoreOptions extends Consent {
  /** Those of this discard. */
  discard?: string;
  /** This letter, by the message id that it was discarded with. */
  id?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** Looks at what is kept, asks, sends back, prints, and sets the exit status. */
export async function runRestore(queueName: string, options: RestoreOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = openLetters(stage).find(queueName);
  const { name } = source.queue;
  const kept = createKeptLetters(openTable(stage), () => new Date());
  const choice = { kept, discard: options.discard, messageId: options.id };
  const preview = await previewRestore(source, choice);
  if (preview.chosen === 0) throw nothingKept(name);
  if (options.dryRun) {
    return print(options.json ? maskPreview(name, preview) : formatKept(name, preview));
  }

  const operator = await openOperator(stage);
  const signal = untilInterrupted();
  const walk = await openWalks(stage, { by: operator.caller, mayLookAnyway: false });
  const change = {
    action: 'dlq restore',
    what: `Send ${countLetters(preview.chosen)} that were discarded back into the dead letters of ${name}.`,
    asks: preview.chosen > HANDFUL,
    target: { queue: name, discard: options.discard, id: options.id },
    counts: { restored: 0, sentAgain: 0, notSent: 0, gone: 0 },
  };
  const bar = createProgress('restore');
  const isWhole = await makeChange(operator, change, options, () =>
    walk.alone(source, signal, async (own) => {
      const restore = crypto.randomUUID();
      const onProgress = (became: Restored) => {
        Object.assign(change.counts, became);
        bar.show({ found: preview.chosen, done: became.restored });
      };
      const { isWhole: isAll, ...became } = await restoreLetters(source, {
        ...{ ...choice, restore, signal: own, onProgress },
      });
      Object.assign(change.counts, became);
      return isAll;
    }),
  ).finally(bar.end);
  const result = { queue: name, ...change.counts, isWhole };
  print(options.json ? result : formatRestored(result));
  if (!isWhole || result.notSent > 0) shell().status ??= 1;
}

function nothingKept(queue: string): CliError {
  return new CliError(
    `No discarded letter of ${queue} is kept that matches: it was restored already, or its 14 days are over. Nothing was changed.`,
  );
}

function maskPreview(queue: string, { chosen, reasons, discards }: KeptPreview) {
  const masked = reasons.map((each) => ({ ...each, reason: maskText(each.reason) }));
  const named = discards.map((each) => ({ ...each, by: maskText(each.by) }));
  return { queue, chosen, reasons: masked, discards: named };
}

/** What would be restored, by reason and by discard. */
function formatKept(queue: string, { reasons, discards }: KeptPreview): string {
  return joinLines(
    formatReasons(
      `of ${queue}, would be restored`,
      Object.fromEntries(reasons.map(({ reason, count }) => [reason, count])),
    ),
    formatTable(
      ['letters', 'discarded', 'by', 'kept until', '--discard'],
      discards.map(({ count, at, by, keptUntil, discard }) => [
        String(count),
        printable(at),
        printable(maskText(by)),
        keptUntil,
        printable(discard),
      ]),
    ),
    'Nothing was changed.',
  );
}

/** What a restore did. */
function formatRestored(result: Restored & { queue: string; isWhole: boolean }): string {
  const { queue, restored, notSent, isWhole } = result;
  return joinLines(
    `${restored} restored to the dead letters of ${queue}: ${PROGRAM} dlq show ${queue}`,
    ...sayRepeats(result),
    notSent > 0 && `${notSent} are not taken by SQS: they stay kept.`,
    !isWhole && 'Interrupted: the rest stays kept; run it again for it.',
  );
}
