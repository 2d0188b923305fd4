import { formatTable } from '../../output/format-table.ts';
import { describeLeftHidden, formatReasons, joinLines } from '../bulk/format-lines.ts';
import type { Preview } from '../bulk/preview.ts';
import { describeHidden } from '../look/describe-counts.ts';
import type { ReplayResult } from './replay-queue.ts';

/** What a replay would do. */
export function formatPreview(queue: string, { counts, reasons, hidden }: Preview): string {
  const { cannotSucceed, noDestination } = counts;
  return joinLines(
    counts.chosen > 0 && formatReasons(`of ${queue}, would be moved`, reasons),
    cannotSucceed > 0 &&
      `${cannotSucceed} can never succeed by the contracts of this version: refused without --force.`,
    noDestination > 0 && `${noDestination} do not say whose they are: they stay.`,
    hidden > 0 && describeHidden(hidden),
    'Nothing was changed.',
  );
}

/** What a replay did, in the order in which an operator asks. */
export function formatReplay(queue: string, result: ReplayResult): string {
  const { counts, hidden, brokenOff, watched, stamp } = result;
  const { failedAgain, stillAtWork } = watched ?? { failedAgain: {}, stillAtWork: 0 };
  const facts: [string, number][] = [
    ['moved', counts.moved],
    ['refused: can never succeed (--force)', counts.cannotSucceed],
    ['left: nothing says whose they are', counts.noDestination],
    ['left: came after the start', counts.cameMeanwhile],
    ['left: SQS did not take them', counts.notSent],
    ['moved, but not deleted here', counts.notDeleted],
    ['moved without all of who replayed it: SQS takes ten attributes', counts.stampCut],
  ];
  const rows = facts.filter(([what, count]) => what === 'moved' || count > 0);
  return joinLines(
    formatTable(
      [`replay of ${queue}`, stamp.replayedAt],
      rows.map(([what, count]) => [what, String(count)]),
    ),
    Object.keys(failedAgain).length > 0 && formatReasons('failed again', failedAgain),
    stillAtWork > 0 &&
      `${stillAtWork} messages still wait or are being worked on: payments dlq list shows what becomes of them.`,
    hidden > 0 && describeLeftHidden(hidden),
    brokenOff !== undefined &&
      `Broken off: ${brokenOff}. The rest stays where it is; replay again for it.`,
  );
}
