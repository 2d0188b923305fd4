import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { buildHandler } from '../composition.ts';

type Item = Record<string, unknown>;

/** The day that the subject's clock is set to. */
export const TODAY = '2025-11-23';

let buyers = 0;

/** The validation as it is deployed, on a test cloud, with a buyer of its own and a clock that can be set. */
export function createSubject(
  cloud: TestCloud,
  changes: Record<string, string> = {},
  options: Parameters<typeof buildHandler>[2] = {},
) {
  buyers += 1;
  const userId = `searcher-${buyers}`;
  const email = `${userId}@example.com`;
  const platform = createFakePlatform();
  platform.setNow(new Date(`${TODAY}T10:00:00.000Z`));
  const handler = buildHandler(
    { ...testEnvironment(cloud, 'validateToken'), ...changes },
    platform,
    options,
  );
  const keyOf = (owner: string, solutionId = DEFAULT_SOLUTION_ID) => {
    return { pk: `user#${owner}`, sk: `solution#${solutionId}` };
  };
  return {
    userId,
    email,
    platform,
    /** A token that no other record has. */
    token: `tok_perm_${String(buyers).padStart(32, '0')}`,
    ask: (request: Item) =>
      invokeHttp(handler, { path: '/api/validate-solution-token', body: request }),
    /** One search with a token, of the default solution. */
    search: (token: string, more: Item = {}) =>
      invokeHttp(handler, {
        path: '/api/validate-solution-token',
        body: { token, solution_id: DEFAULT_SOLUTION_ID, ...more },
      }),
    addRecord: (owner: string, record: Item, solutionId?: string) =>
      cloud.put('entitlements', { ...record, ...keyOf(owner, solutionId) }),
    record: (owner: string) => cloud.get('entitlements', keyOf(owner)),
    addUser: () => cloud.put('users', { userId, email }),
  };
}
export type Subject = ReturnType<typeof createSubject>;

/** A Registered user's record by user id, in the mission's spelling. */
export const numberRecord = (token: string, used: number, day = TODAY): Item => ({
  token,
  solution_id: DEFAULT_SOLUTION_ID,
  tier: 'registered',
  access_tier: 'registered',
  accessTier: 'registered',
  dailyUsage: used,
  lastUsageDate: day,
  status: 'active',
  updatedAt: '2025-11-22T10:00:00Z',
});

/** The same by email, in the old spelling. */
export const mapRecord = (token: string, days: Record<string, number>): Item => ({
  token,
  solution_id: DEFAULT_SOLUTION_ID,
  tier: 'registered',
  access_tier: 'registered',
  usage: { daily_usage: days, monthly_usage: { '2025-11': 40 } },
  status: 'active',
  updated_at: '2025-11-22T10:00:00Z',
});
