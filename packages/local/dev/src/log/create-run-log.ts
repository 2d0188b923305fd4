import type { Log } from '@cloudnestle/runtime/logger';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import type { Colors } from './colors.ts';
import { createTimeline, type Timeline } from './create-timeline.ts';
import type { LogEntry } from './entry.ts';
import { formatEntry } from './format-entry.ts';
import type { LogSink } from './sink.ts';

export interface RunLog {
  timeline: Timeline;
  /** The log of one part of the run. */
  logOf(unit: string): Log;
  /** The platform of one function: its lines and metrics end up here, everything else is the real thing. */
  platformOf(functionName: string): Platform;
}

/** Writes every entry as one readable line, and remembers it. */
export function createRunLog(options: { sink: LogSink; colors: Colors }): RunLog {
  const timeline = createTimeline();
  const logOf = (unit: string): Log => {
    const write = (level: LogEntry['level']) => (message: string, fields: LogEntry['fields']) => {
      const entry = { at: new Date(), level, unit, message, fields };
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
      log: logOf(functionName),
      metrics: {
        count: (name, value = 1) => timeline.count(name, value),
        time: timeline.time,
      },
    }),
  };
}
