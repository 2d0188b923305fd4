import type { TimelineEntry } from '@cloudnestle/contracts/admin/payment';
import { formatLength } from '../parts/format.ts';

/** What a timeline shows, from its top: entries, the quiet times between them, and runs of small things folded into one. */
export type TimelineItem =
  | { kind: 'entry'; key: string; entry: TimelineEntry }
  | { kind: 'gap'; key: string; words: string }
  | { kind: 'folded'; key: string; entries: readonly TimelineEntry[] };

/** A time without events is drawn as one line from here on. */
const GAP_MS = 10 * 60_000;
/** Fewer small things are shown as they are. */
const LEAST_FOLDED = 3;

/** Builds a timeline of entries, the newest first. With `isUnfolded` nothing is hidden. */
export function buildTimeline(
  entries: readonly TimelineEntry[],
  { isUnfolded }: { isUnfolded: boolean },
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let small: { entry: TimelineEntry; index: number }[] = [];
  let before: TimelineEntry | undefined;
  const flush = () => {
    if (small.length >= LEAST_FOLDED && !isUnfolded) {
      items.push({
        kind: 'folded',
        key: `folded ${small[0]?.index}`,
        entries: small.map(({ entry }) => entry),
      });
    } else items.push(...small.map(({ entry, index }) => toItem(entry, index)));
    small = [];
  };
  entries.forEach((entry, index) => {
    const gapMs = before === undefined ? 0 : Date.parse(before.at) - Date.parse(entry.at);
    if (gapMs >= GAP_MS) {
      flush();
      items.push({
        kind: 'gap',
        key: `gap ${index}`,
        words: `${formatLength(gapMs)} without events`,
      });
    }
    if (entry.weight === 'low') small.push({ entry, index });
    else {
      flush();
      items.push(toItem(entry, index));
    }
    before = entry;
  });
  flush();
  return items;
}

function toItem(entry: TimelineEntry, index: number): TimelineItem {
  return { kind: 'entry', key: `${entry.at} ${entry.lane} ${entry.what} ${index}`, entry };
}

/** The lanes of a timeline in the order in which a payment meets them. */
export function listLanes(entries: readonly TimelineEntry[]): string[] {
  const known = ['checkout', 'gateway', 'tiers', 'entitlements', 'notifications', 'reconciliation'];
  const seen = [...new Set(entries.map(({ lane }) => lane))];
  const rank = (lane: string) => {
    if (lane === 'operator') return known.length + 1;
    const at = known.indexOf(lane);
    return at === -1 ? known.length : at;
  };
  return seen.toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}
