import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import type { Context } from 'hono';
import type { StorefrontOptions } from '../storefront-options.ts';

/** `GET /demo/account/{userId}`: 200 with the account, 404 for anybody who is no demo user. */
export async function answerAccount(
  c: Context,
  { demoUsers, readAccount }: StorefrontOptions,
  userId: string,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  // Nobody signs in with a password here, so nobody else's account may be read, whatever table stands behind.
  const isDemoUser = demoUsers.some((user) => user.userId === userId);
  const account = isDemoUser ? await readAccount(userId) : undefined;
  return account ? c.json(account) : c.json(notFound(), 404);
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
