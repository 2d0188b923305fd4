import type { Discarded } from '../../letters/discard-letters.ts';
import { describeLeftHidden, formatReasons, joinLines } from '../bulk/format-lines.ts';
import type { Preview } from '../bulk/preview.ts';
import { describeHidden } from '../look/describe-counts.ts';

/** What would be discarded. */
export function formatDiscardPreview(queue: string, { reasons, hidden }: Preview): string {
  return joinLines(
    formatReasons(`of ${queue}, would be discarded`, reasons),
    hidden > 0 && describeHidden(hidden),
    'Nothing was changed.',
  );
}

export function formatDiscard(queue: string, path: string | undefined, result: Discarded): string {
  const { discarded, notDeleted, hidden, brokenOff } = result;
  return joinLines(
    path === undefined
      ? `0 discarded from ${queue}.`
      : `${discarded} discarded from ${queue}; they are in ${path}.`,
    notDeleted > 0 && `${notDeleted} are in the file and could not be deleted from the queue.`,
    hidden > 0 && describeLeftHidden(hidden),
    brokenOff !== undefined && `Broken off: ${brokenOff}. The rest stays where it is.`,
  );
}
