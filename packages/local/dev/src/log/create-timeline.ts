import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { LogEntry } from './entry.ts';

const KEPT = 10_000;

/** What a run has done so far, for demonstrations and tests. */
export interface Timeline {
  /** Summaries and remarks, oldest first; the last ten thousand. */
  entries(): readonly LogEntry[];
  /** Summaries only. */
  summaries(): readonly LogEntry[];
  /** Sum of a counted metric. */
  counted(name: MetricName): number;
  /** Every time measured under a metric, in milliseconds; the last ten thousand. */
  timed(name: MetricName): readonly number[];
}

export interface TimelineRecorder extends Timeline {
  add(entry: LogEntry): void;
  count(name: MetricName, value: number): void;
  time(name: MetricName, ms: number): void;
}

export function createTimeline(): TimelineRecorder {
  const entries: LogEntry[] = [];
  const counts = new Map<MetricName, number>();
  const times = new Map<MetricName, number[]>();
  return {
    entries: () => [...entries],
    summaries: () => entries.filter(({ message }) => message === 'summary'),
    counted: (name) => counts.get(name) ?? 0,
    timed: (name) => [...(times.get(name) ?? [])],
    add: (entry) => keep(entries, entry),
    count: (name, value) => {
      counts.set(name, (counts.get(name) ?? 0) + value);
    },
    time: (name, ms) => {
      const list = times.get(name) ?? [];
      times.set(name, list);
      keep(list, ms);
    },
  };
}

function keep<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}
