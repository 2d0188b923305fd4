import { Logger } from '@aws-lambda-powertools/logger';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';

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

/** The one line per unit of work. */
export function logSummary(log: Log, fields: SummaryFields, level: keyof Log = 'info'): void {
  log[level]('summary', fields);
}
