import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import type { Context } from 'hono';
import type { DemoAccount, StorefrontOptions } from '../storefront-options.ts';

/**
 * `GET /demo/account/{userId}`: 200 with the account and its token, 404 for anybody who is no demo user. Whoever asks gets
 * the token: this is for the demo, where nobody has a password.
 */
export async function answerAccount(
  c: Context,
  { demoUsers, readAccount, readToken }: StorefrontOptions,
  userId: string,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  // Nobody signs in with a password here, so nobody else's account or token may be read, whatever table stands behind.
  const isDemoUser = demoUsers.some((user) => user.userId === userId);
  const account = isDemoUser ? await readAccount(userId) : undefined;
  if (!account) return c.json(notFound(), 404);
  const token = await readToken(account);
  return c.json<DemoAccount>(token === undefined ? account : { ...account, token });
}

function notFound(): ErrorBody {
  const message = 'There is no such demo user.';
  return {
    success: false,
    message,
    error: { code: 'USER_NOT_FOUND', message },
    requestId: randomUUID(),
  };
}
