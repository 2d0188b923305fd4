import { randomInt, randomUUID } from 'node:crypto';
import type { MetricName } from '@cloudnestle/contracts/metric-names';
import { sdkClients } from '../clients/factories.ts';
import type { Log } from '../logger.ts';
import type { Platform } from '../platform.ts';

export interface LogLine {
  level: keyof Log;
  message: string;
  fields: Parameters<Log['info']>[1];
}

export interface FakePlatform extends Platform {
  lines: LogLine[];
  /** Summary lines only. */
  summaries(): LogLine['fields'][];
  counted(name: MetricName): number;
  /** Everything that was counted so far, by name; also what was counted as 0. */
  allCounted(): ReadonlyMap<MetricName, number>;
  /** What was said last, of a metric whose values are no events to be added up. */
  gauged(name: MetricName): number | undefined;
  setNow(moment: Date | undefined): void;
}

/** A platform whose clock can be set and whose lines and counts can be read. Without `setNow` the clock is the real one. */
export function createFakePlatform(options: { now?: Date } = {}): FakePlatform {
  let fixed = options.now;
  const lines: LogLine[] = [];
  const counts = new Map<MetricName, number>();
  const gauges = new Map<MetricName, number>();
  const write = (level: keyof Log) => (message: string, fields: LogLine['fields']) => {
    lines.push({ level, message, fields });
  };
  return {
    ...sdkClients,
    lines,
    summaries: () => lines.filter((line) => line.message === 'summary').map((line) => line.fields),
    counted: (name) => counts.get(name) ?? 0,
    allCounted: () => new Map(counts),
    gauged: (name) => gauges.get(name),
    setNow: (moment) => {
      fixed = moment;
    },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    metrics: {
      count: (name, value = 1) => {
        counts.set(name, (counts.get(name) ?? 0) + value);
        gauges.set(name, value);
      },
      time: () => undefined,
    },
    now: () => (fixed ? new Date(fixed) : new Date()),
    newId: randomUUID,
    random: Math.random,
    randomInt: (exclusiveMax) => randomInt(exclusiveMax),
  };
}
