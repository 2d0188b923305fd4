import { listSpellings } from '../email.ts';

/** The key of an entitlement record. */
export interface RecordKey {
  /** `user#{userId}` or `user#{email}` */
  pk: string;
  /** `solution#{solutionId}` */
  sk: string;
}

/** The key of the buyer's record by user id. */
export function userRecordKey(userId: string, solutionId: string): RecordKey {
  return { pk: `user#${userId}`, sk: `solution#${solutionId}` };
}

/**
 * The keys of every record that may be the buyer's by email: each address in every spelling that it may be stored under,
 * because the systems that wrote these records did not agree on one.
 */
export function emailRecordKeys(
  emails: readonly (string | undefined)[],
  solutionId: string,
): RecordKey[] {
  const spellings = emails.filter((email) => email !== undefined).flatMap(listSpellings);
  return [...new Set(spellings)].map((email) => ({
    pk: `user#${email}`,
    sk: `solution#${solutionId}`,
  }));
}
