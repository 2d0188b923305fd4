import type { FindUser, RecordKey } from '@cloudnestle/payments/access';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';

type Item = Record<string, unknown>;

export interface ValidateDependencies {
  now: Clock;
  catalogue: Catalogue;
  /** When a day of searches begins, in minutes east of UTC. */
  utcOffsetMinutes: number;
  records: TokenRecords;
  usage: UsageCounter;
  findUser: FindUser;
}

/** A record that a token stands on, as it is now. */
export interface TokenRecord {
  key: RecordKey;
  item: Item;
  /** By user id, else by email. */
  isByUserId: boolean;
}

export interface TokenRecords {
  /** Every record of the solution with this token, read consistently. */
  find(token: string, solutionId: string): Promise<TokenRecord[]>;
}

/** What became of one search. */
type Counted =
  /** `used`: today's searches, this one included. */
  { kind: 'counted'; used: number } | { kind: 'exhausted'; used: number };

export interface UsageCounter {
  /**
   * Counts one search on a record, unless `limit` are counted for the day. Exactly once where it answers; where it
   * rejects, it may have been counted. Once `over` is aborted nothing is written any more.
   */
  count(record: TokenRecord, day: QuotaDay, options: CountOptions): Promise<Counted>;
}

interface CountOptions {
  limit: number;
  over: AbortSignal;
}

/** A day of searches, `2025-11-23`. */
export interface QuotaDay {
  today: string;
  tomorrow: string;
}

/** The live search app waits 5 s for an answer. */
export const ANSWER_WITHIN_MS = 4500;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 1200;

/** The index lags behind a record that a payment has just made: an unknown token is looked up once more after this. */
export const INDEX_LAG_MS = 250;
