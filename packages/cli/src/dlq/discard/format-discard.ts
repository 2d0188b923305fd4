import type { Discarded } from '../../letters/discard-letters.ts';
import { formatReasons, joinLines } from '../bulk/format-lines.ts';
import type { Preview } from '../bulk/preview.ts';

/** What would be discarded. */
export function formatDiscardPreview(queue: string, { reasons }: Preview): string {
  return joinLines(
    formatReasons(`of ${queue}, would be discarded`, reasons),
    'Nothing was changed.',
  );
}

export function formatDiscard(queue: string, path: string, result: Discarded): string {
  const { discarded, notDeleted, brokenOff } = result;
  return joinLines(
    `${discarded} discarded from ${queue}; they are in ${path}.`,
    notDeleted > 0 && `${notDeleted} are in the file and could not be deleted from the queue.`,
    brokenOff !== undefined && `Broken off: ${brokenOff}. The rest stays where it is.`,
  );
}
