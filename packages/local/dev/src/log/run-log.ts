import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { Log } from '@cloudnestle/runtime/logger';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import type { RunClock } from '../clock/run-clock.ts';
import type { Colors } from './colors.ts';
import { formatEntry, type LogEntry } from './format-entry.ts';

interface RunLog {
  timeline: Timeline;
  /** The log of one part of the run. */
  logOf(unit: string): Log;
  /** The platform of one function: its lines and metrics end up here, its time is the run's, everything else is the real thing. */
  platformOf(functionName: string): Platform;
}

/** Writes every entry as one readable line, and remembers it. */
export function createRunLog(options: {
  sink: LogSink;
  colors: Colors;
  clock: Pick<RunClock, 'now'>;
}): RunLog {
  const { now } = options.clock;
  const timeline = createTimeline();
  const logOf = (unit: string): Log => {
    const write = (level: LogEntry['level']) => (message: string, fields: LogEntry['fields']) => {
      const entry = { at: now(), level, unit, message, fields };
      timeline.add(entry);
      options.sink(formatEntry(entry, options.colors));
    };
    return { info: write('info'), warn: write('warn'), error: write('error') };
  };
  return {
    timeline,
    logOf,
    platformOf: (functionName) => ({
      ...createPlatform(functionName),
      now,
      log: logOf(functionName),
      metrics: {
        count: (name, value = 1) => timeline.count(name, value),
        time: timeline.time,
      },
    }),
  };
}

/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void;

/** Lines to standard output. */
export const writeToStdout: LogSink = (line) => {
  process.stdout.write(`${line}\n`);
};

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

interface TimelineRecorder extends Timeline {
  add(entry: LogEntry): void;
  count(name: MetricName, value: number): void;
  time(name: MetricName, ms: number): void;
}

function createTimeline(): TimelineRecorder {
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
