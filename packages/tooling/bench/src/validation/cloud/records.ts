import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import { deriveToken } from '@cloudnestle/entitlements/token';
import { userRecordKey } from '@cloudnestle/payments/access/record-keys';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import * as z from 'zod';

/** Whose tokens are validated: searches of the first are counted, those of the second are not. */
export const searcherSchema = z.enum(['registered', 'pro']);
export type Searcher = z.infer<typeof searcherSchema>;

/** The token of one of many users, for the default solution. */
export function tokenOf(searcher: Searcher, index: number): string {
  return deriveToken(emailOf(searcher, index), DEFAULT_SOLUTION_ID, 'bench');
}

/** The one record with that token, by user id. Nothing is counted on it for the day yet. */
export function buildRecord(searcher: Searcher, index: number, day: string): EntitlementItem {
  const createdAt = `${day}T00:00:00.000Z`;
  return {
    ...userRecordKey(userIdOf(searcher, index), DEFAULT_SOLUTION_ID),
    token: tokenOf(searcher, index),
    solution_id: DEFAULT_SOLUTION_ID,
    user_id: userIdOf(searcher, index),
    user_email: emailOf(searcher, index),
    tier: searcher,
    access_tier: searcher,
    accessTier: searcher,
    status: 'active',
    dailyUsage: 0,
    lastUsageDate: day,
    createdAt,
    updatedAt: createdAt,
  };
}

function userIdOf(searcher: Searcher, index: number): string {
  return `${searcher}-${index}`;
}

function emailOf(searcher: Searcher, index: number): string {
  return `${userIdOf(searcher, index)}@example.com`;
}
