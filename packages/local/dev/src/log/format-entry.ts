import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Colors } from './colors.ts';

/** One thing that happened in a run: a unit of work's summary, or a remark. */
export interface LogEntry {
  at: Date;
  level: keyof Log;
  /** The function or part it comes from. */
  unit: string;
  /** `summary` for the one line per unit of work; any other text is a remark. */
  message: string;
  fields: Parameters<Log['info']>[1];
}

/** A log entry as one line for people: time, unit, outcome, ids shortened, duration. Never JSON. */
export function formatEntry(entry: LogEntry, colors: Colors): string {
  const words =
    entry.message === 'summary' ? formatSummary(entry, colors) : formatRemark(entry, colors);
  const line = [
    colors.dim(formatTime(entry.at)),
    colors.bold(entry.unit.padEnd(UNIT_WIDTH)),
    ...words.filter((word) => word !== ''),
  ].join('  ');
  return line.trimEnd();
}

const UNIT_WIDTH = 14;
const OUTCOME_WIDTH = 12;
/** Subscribers have no status code; their lines keep the column, so that outcomes stand under each other. */
const STATUS_WIDTH = 3;

function formatSummary({ level, fields }: LogEntry, colors: Colors): string[] {
  const { outcome = '', statusCode, durationMs, attempt, retryInSeconds } = fields;
  const id = fields.transactionId ?? fields.merchantOrderId;
  return [
    String(statusCode ?? '').padEnd(STATUS_WIDTH),
    formatOutcome(toText(outcome).padEnd(OUTCOME_WIDTH), level, colors),
    id === undefined ? '' : colors.cyan(shortenId(toText(id))),
    toText(fields.detailType ?? fields.gatewayEvent ?? ''),
    formatCounts(fields),
    Number(attempt) > 1 ? `attempt ${attempt}` : '',
    retryInSeconds === undefined ? '' : `again in ${retryInSeconds} s`,
    fields.replayedBy === undefined ? '' : `replayed by ${toText(fields.replayedBy)}`,
    toText(fields.reason ?? ''),
    durationMs === undefined ? '' : colors.dim(`${Math.round(Number(durationMs))} ms`),
  ];
}

const counts = ['due', 'settled', 'failed', 'expired', 'repaired', 'parked', 'errors'];

/** What a sweep did, without what it did not: `due 2, settled 1`. */
function formatCounts(fields: LogEntry['fields']): string {
  return counts
    .filter((count) => Number(fields[count]) > 0)
    .map((count) => `${count} ${fields[count]}`)
    .join(', ');
}

function formatRemark({ level, message, fields }: LogEntry, colors: Colors): string[] {
  const details = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name} ${name.endsWith('Id') ? shortenId(toText(value)) : toText(value)}`,
    );
  const remark = toText(message);
  return [level === 'error' ? colors.red(remark) : remark, details.join(', ')];
}

/** Local time with milliseconds, `14:03:07.123`. */
function formatTime(at: Date): string {
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** One line whatever it holds: text from outside must neither break it nor steer the terminal. */
function toText(value: unknown): string {
  return escapeUnprintable(String(value));
}

/** Green where something was done, yellow where there was nothing to do or it comes back, red where the operator must look. */
function formatOutcome(text: string, level: LogEntry['level'], colors: Colors): string {
  if (level === 'error') return colors.red(text);
  const isQuiet = level === 'warn' || /^(skipped|duplicate|ignored|[A-Z_]+\b)/.test(text);
  return isQuiet ? colors.yellow(text) : colors.green(text);
}

const LONGEST = 16;
const LONGEST_END = 8;

/** Enough of an id to follow it through the lines: its end, `…abc123`, is what tells orders apart. */
function shortenId(id: string): string {
  if (id.length <= LONGEST) return id;
  const end = id.slice(id.lastIndexOf('-') + 1);
  return `…${end.slice(-LONGEST_END)}`;
}
