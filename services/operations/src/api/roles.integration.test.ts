import { adminRouteKeys, adminRoutes } from '@cloudnestle/contracts/admin/routes';
import { describe, expect } from 'vitest';
import { type Claims, claimsOf, operateTest as it } from '../testing/subject.ts';

const callers: [string, Claims | null, { look: number; repair: number }][] = [
  ['no token', null, { look: 401, repair: 401 }],
  [
    'a token of another client',
    { ...claimsOf('repair'), aud: 'another' },
    { look: 401, repair: 401 },
  ],
  ['an access token', { ...claimsOf('repair'), token_use: 'access' }, { look: 401, repair: 401 }],
  ['no group', claimsOf(''), { look: 403, repair: 403 }],
  ['another group', claimsOf('sellers lookout'), { look: 403, repair: 403 }],
  ['look', claimsOf('look'), { look: 0, repair: 403 }],
  ['repair', claimsOf('sellers repair'), { look: 0, repair: 0 }],
  ['admin', claimsOf('admin'), { look: 0, repair: 0 }],
];

describe.each(callers)('%s', (_who, claims, wanted) => {
  it('is let through or refused on every route by the one table, before anything is read', async ({
    cloud,
    subject,
  }) => {
    for (const key of adminRouteKeys) {
      cloud.cloud.calls.reset();
      const params = {
        transactionId: 'txn_none',
        lookId: 'none',
        messageId: 'none',
        jobId: 'none',
      };
      const { statusCode } = await subject.call(key, { claims, params });
      const expected = wanted[adminRoutes[key].role];
      if (expected === 0) {
        expect([401, 403], key).not.toContain(statusCode);
        expect(statusCode, key).toBeLessThan(500);
      } else {
        expect(statusCode, key).toBe(expected);
        expect(cloud.cloud.calls.list(), key).toEqual([]);
      }
    }
  });
});

it('tells each operator what they may do', async ({ subject }) => {
  const looking = await subject.call('me', { claims: claimsOf('look') });
  expect(looking.body).toMatchObject({ role: 'look', stage: 'test', isProduction: false });
  expect(looking.body.can).toEqual(
    adminRouteKeys.filter((key) => adminRoutes[key].role === 'look'),
  );
  const repairing = await subject.call('me', { claims: claimsOf('admin') });
  expect(repairing.body.can).toEqual(adminRouteKeys);
});

it('names no operator and no buyer in its log lines', async ({ subject }) => {
  const order = await subject.addOrder();
  await subject.call('search', { body: { text: order.row.userEmail } });
  await subject.call('payment', { params: { transactionId: order.row.transactionId } });
  expect(subject.platform.summaries().at(-1)).toMatchObject({
    unit: 'operate',
    outcome: 'payment',
    actor: 'sub-of-anna',
    transactionId: order.row.transactionId,
  });
  expect(JSON.stringify(subject.platform.lines)).not.toMatch(/@/);
});
