import { Logger } from '@aws-lambda-powertools/logger';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import { redact } from './redact.ts';

type Fields = Record<string, string | number | boolean | undefined>;

/** Where log lines go. Ids and reasons only: no email, VPA, UTR, token, header or body. */
export interface Log {
  info(message: string, fields: Fields): void;
  warn(message: string, fields: Fields): void;
  error(message: string, fields: Fields): void;
}

/** JSON lines for CloudWatch. */
export function createLogger(serviceName: string): Log {
  return new Logger({ serviceName });
}

const LONGEST_FIELD = 600;

/** The one line per unit of work. Text in it may come from outside: it is redacted and cut. */
export function logSummary(log: Log, fields: SummaryFields, level: keyof Log = 'info'): void {
  const safe = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? redact(value).slice(0, LONGEST_FIELD) : value,
  ]);
  log[level]('summary', Object.fromEntries(safe));
}
