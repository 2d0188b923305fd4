import { Logger } from '@aws-lambda-powertools/logger';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import { redact } from './redact.ts';
import { endUnit, writeLine } from './unit-of-work.ts';

type Fields = Record<string, string | number | boolean | undefined>;

/** Where log lines go. Ids and reasons only: no email, VPA, UTR, token, header or body. */
export interface Log {
  info(message: string, fields: Fields): void;
  warn(message: string, fields: Fields): void;
  error(message: string, fields: Fields): void;
}

const SUMMARY = 'summary';

/**
 * JSON lines for CloudWatch. The summary carries the metrics of its unit of work and is written whatever the level of the
 * log, for metrics are no remarks; only a function that is silenced altogether writes none.
 */
export function createLogger(serviceName: string): Log {
  const logger = new Logger({ serviceName });
  const write =
    (level: keyof Log) =>
    (message: string, fields: Fields): void => {
      if (message !== SUMMARY) {
        logger[level](message, fields);
        return;
      }
      if (process.env.POWERTOOLS_LOG_LEVEL === 'SILENT') return;
      const timestamp = new Date().toISOString();
      const head = { level: level.toUpperCase(), message, timestamp, service: serviceName };
      writeLine({ ...head, ...fields, ...endUnit() });
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

const LONGEST_FIELD = 600;

/** The one line per unit of work. Text in it may come from outside: it is redacted and cut. */
export function logSummary(log: Log, fields: SummaryFields, level: keyof Log = 'info'): void {
  const safe = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? redact(value).slice(0, LONGEST_FIELD) : value,
  ]);
  log[level](SUMMARY, Object.fromEntries(safe));
}
