import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import type { StoredEmail } from '@cloudnestle/local-aws/start';
import { describe, expect, it } from 'vitest';
import { demoUsers } from '../demo-users.ts';
import { createStorefront } from './app.ts';
import type { AccountView } from './options.ts';

const account: AccountView = {
  userId: 'test-uuid-123',
  email: 'test@example.com',
  tier: 'registered',
  quota: { dailyQuota: 10, usedToday: 3 },
  entitlements: [],
};
const token = 'tok_perm_00000000000000000000000000000001';
const mail: StoredEmail = {
  messageId: 'ses-1',
  from: 'shop@example.com',
  replyTo: [],
  destination: { to: [account.email], cc: [], bcc: [] },
  subject: 'Your invoice',
  body: { html: '<html><head><title>x</title></head><body>Paid <a href="/">on</a></body></html>' },
  attachments: [
    { filename: 'invoice “1”.pdf', contentType: 'application/pdf', content: btoa('%PDF') },
  ],
  at: 0,
};
const file = (type: string, text: string) => ({ type, content: new TextEncoder().encode(text) });
const pages = new Map([
  ['/index.html', file('text/html', '<!doctype html>')],
  ['/assets/index-1.js', file('text/javascript', '1')],
]);

function startStorefront(has = { token: true, inbox: true }) {
  const read: string[] = [];
  const app = createStorefront({
    readPages: async () => pages,
    solutionId: 'aws-solution-finder',
    demoUsers,
    readAccount: async (userId) => {
      read.push(userId);
      return userId === account.userId ? account : undefined;
    },
    readPurchases: async (userId) => {
      read.push(`purchases of ${userId}`);
      return { payments: [] };
    },
    readToken: async ({ userId }) => {
      read.push(`token of ${userId}`);
      return has.token ? token : undefined;
    },
    inbox: has.inbox
      ? { emails: async () => [mail], clear: () => undefined, handle: async () => false }
      : undefined,
  });
  const get = async (path: string) => {
    const response = await app.request(path);
    return { response, text: await response.text() };
  };
  return { get, read };
}

describe('the pages', () => {
  it.each(['/', '/checkout?plan=pro', '/account', '/sign-in', '/inbox', '/payment/callback'])(
    '%s runs no script and no style but its own, and PhonePe is told where the buyer comes from',
    async (path) => {
      const { response } = await startStorefront().get(path);
      expect(response.status).toBe(200);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(response.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    },
  );

  it('are read anew, and what carries its content in its name is kept', async () => {
    const { get } = startStorefront();
    const cached = async (path: string) => (await get(path)).response.headers.get('cache-control');
    expect(await cached('/')).toBe('no-cache');
    expect(await cached('/assets/index-1.js')).toContain('immutable');
    expect((await get('/assets/gone.js')).response.status).toBe(404);
  });

  it('know the demo users and none of their tokens, and no inbox where there is none', async () => {
    const { text } = await startStorefront().get('/config.json');
    for (const { userId, email } of demoUsers)
      expect(text).toContain(`"${userId}","email":"${email}"`);
    expect(text).not.toContain('tok_');
    const without = startStorefront({ token: true, inbox: false });
    expect(JSON.parse((await without.get('/config.json')).text)).toMatchObject({ hasInbox: false });
    expect((await without.get('/inbox')).response.status).toBe(404);
  });
});

describe('the account', () => {
  it('is answered as it is read, with its token, and never kept by a cache', async () => {
    const { response, text } = await startStorefront().get('/demo/account/test-uuid-123');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(text)).toEqual({ ...account, payments: [], token });
  });

  it('of a user without a record has no token', async () => {
    const { text } = await startStorefront({ token: false, inbox: true }).get(
      '/demo/account/test-uuid-123',
    );
    expect(JSON.parse(text)).toEqual({ ...account, payments: [] });
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

describe('a mail', () => {
  it('is a page that runs nothing, whose links leave the inbox', async () => {
    const { response, text } = await startStorefront().get('/inbox/mails/ses-1');
    expect(text).toContain('<head><base target="_blank"><title>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(policy).toContain("frame-ancestors 'self'");
  });

  it('gives what it carries as a file under its name, and nothing that is not there', async () => {
    const { get } = startStorefront();
    const { response, text } = await get('/inbox/mails/ses-1/attachments/0');
    expect(text).toBe('%PDF');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''invoice%20%E2%80%9C1%E2%80%9D.pdf",
    );
    for (const path of ['ses-2', 'ses-1/attachments/1', 'ses-1/attachments/x']) {
      expect((await get(`/inbox/mails/${path}`)).response.status).toBe(404);
    }
  });
});
