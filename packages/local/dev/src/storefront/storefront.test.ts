import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import {
  buildCatalogue,
  DEFAULT_SOLUTION_ID,
  findOneTimePlan,
} from '@cloudnestle/payments/catalogue';
import { formatRupees } from '@cloudnestle/payments/money';
import { describe, expect, it } from 'vitest';
import { type DemoUser, demoUsers } from '../demo-users.ts';
import { createStorefront } from './app.ts';
import type { AccountView } from './options.ts';

const transactionId = 'txn_MP-test-uuid-123-1732356000-abc123';
const account: AccountView = {
  userId: 'test-uuid-123',
  email: 'test@example.com',
  tier: 'registered',
  quota: { dailyQuota: 10, usedToday: 3 },
  entitlements: [],
};

const token = 'tok_perm_00000000000000000000000000000001';

function startStorefront(users: readonly DemoUser[] = demoUsers, has = { token: true }) {
  const read: string[] = [];
  const app = createStorefront({
    demoUsers: users,
    readAccount: async (userId) => {
      read.push(userId);
      return userId === account.userId ? account : undefined;
    },
    readToken: async ({ userId }) => {
      read.push(`token of ${userId}`);
      return has.token ? token : undefined;
    },
  });
  const get = async (path: string) => {
    const response = await app.request(path);
    return { response, text: await response.text() };
  };
  return { get, read };
}

describe('the pages', () => {
  it.each(['/', `/payment/callback?transactionId=${transactionId}`])(
    '%s runs no script and no style but its own',
    async (path) => {
      const { response, text } = await startStorefront().get(path);
      expect(response.status).toBe(200);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      const style = text.match(/<style>(.*?)<\/style>/s)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(policy).toContain(`style-src 'sha256-${hash}';`);
      expect(text).not.toMatch(/<script>|\sstyle=|\son[a-z]+=|(src|href)="(https?:)?\/\//);
    },
  );

  it('offers every demo user and the price of the catalogue', async () => {
    const { text } = await startStorefront().get('/');
    for (const { userId, email } of demoUsers) {
      expect(text).toContain(`data-user-id="${userId}"`);
      expect(text).toContain(email);
    }
    const pro = findOneTimePlan(buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID }), 'pro');
    expect(text).toContain(`Upgrade to Pro – ${formatRupees(pro?.amountInPaisa ?? Number.NaN)}`);
    expect(text).toContain('10 searches a day');
    expect(text).toContain('Unlimited searches');
    expect(text).toContain('href="/inbox"');
  });

  it('shows hostile demo data as text', async () => {
    const hostile = `"><script>alert('x')</script>`;
    const user = { userId: hostile, email: hostile, note: hostile };
    const { text } = await startStorefront([{ ...user, tier: 'registered', records: [] }]).get('/');
    expect(text).not.toContain('<script>alert');
    expect(text.match(/&quot;&gt;&lt;script&gt;alert\(&#39;x&#39;\)/g)).toHaveLength(3);
  });
});

describe('the return page', () => {
  it('offers a search of the solution that is sold, and says that it is a demo’s', async () => {
    const { text } = await startStorefront().get('/');
    expect(text).toContain(`data-solution-id="${DEFAULT_SOLUTION_ID}"`);
    expect(text).toMatch(/<label for="search-query">/);
    expect(text).toContain('this demo has no search engine');
    expect(text).not.toContain('tok_');
  });

  it('believes nothing of the address but the id', async () => {
    const { get } = startStorefront();
    const path = `/payment/callback?transactionId=${transactionId}`;
    const { text } = await get(path);
    const claimed = await get(`${path}&status=success&access=GRANTED&code=PAYMENT_SUCCESS`);
    expect(claimed.text).toBe(text);
    expect(text).toContain(`data-transaction-id="${transactionId}"`);
    expect(text).toContain(`href="/payments/status/${transactionId}"`);
    expect(text).toContain('Checking your payment');
    expect(text).not.toContain('You are Pro');
  });

  it.each([
    '',
    '?status=success',
    '?transactionId=',
    '?transactionId=%22%3E%3Cscript%3Ealert(1)',
    `?transactionId=${transactionId}&transactionId=txn_other`,
  ])('says in words that "%s" names no payment', async (query) => {
    const { response, text } = await startStorefront().get(`/payment/callback${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('This address names no payment.');
    expect(text).not.toContain('data-transaction-id');
    expect(text).not.toContain('alert(1)');
  });
});

describe('the account', () => {
  it('is answered as it is read, with its token, and never kept by a cache', async () => {
    const { response, text } = await startStorefront().get('/demo/account/test-uuid-123');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(text)).toEqual({ ...account, token });
  });

  it('of a user without a record has no token', async () => {
    const { get } = startStorefront(demoUsers, { token: false });
    const { text } = await get('/demo/account/test-uuid-123');
    expect(JSON.parse(text)).toEqual(account);
  });

  it.each(['another-user', 'uuid-only-456'])('of %s is a 404 in words', async (userId) => {
    const { response, text } = await startStorefront().get(`/demo/account/${userId}`);
    expect(response.status).toBe(404);
    expect(errorBodySchema.parse(JSON.parse(text)).error.code).toBe('USER_NOT_FOUND');
  });

  it('is not even read for a user who is no demo user, nor is a token', async () => {
    const { get, read } = startStorefront();
    await get('/demo/account/another-user');
    expect(read).toEqual([]);
  });
});

describe("the pages' scripts", () => {
  const files = readdirSync(new URL('./browser/', import.meta.url)).filter((name) =>
    name.endsWith('.js'),
  );

  it.each(files)('%s is served, and so is what it imports', async (name) => {
    const { get } = startStorefront();
    const { response, text } = await get(`/storefront/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    for (const [, imported] of text.matchAll(/from '\.\/([^']+)'/g)) {
      expect(files).toContain(imported);
    }
  });

  it.each(files)('%s writes values as text only', async (name) => {
    const { text } = await startStorefront().get(`/storefront/${name}`);
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });
});
