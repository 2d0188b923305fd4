import { createHash } from 'node:crypto';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReadSecret } from '@cloudnestle/runtime/secrets';

/** A permanent token for one person and one solution. */
export type MakeToken = (email: string, solutionId: string) => Promise<string>;

/**
 * Makes tokens with the secret that `readSecret` gives, read when the first token is needed. There is no default: a
 * secret that cannot be read, or has no `tokenSecret`, is a `RetryLaterError` that names the secret and never its value.
 */
export function createTokenMaker(deps: { readSecret: ReadSecret; secretId: string }): MakeToken {
  return async (email, solutionId) => deriveToken(email, solutionId, await readTokenSecret(deps));
}

/**
 * `tok_perm_` and 32 hex digits of SHA-256 over `email:solution:secret` (mission, Token Generation), the email trimmed and
 * lower-cased and nothing else: another spelling would be another token than the one that other code derives.
 */
export function deriveToken(email: string, solutionId: string, secret: string): string {
  const text = `${email.trim().toLowerCase()}:${solutionId}:${secret}`;
  return `tok_perm_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

async function readTokenSecret(deps: {
  readSecret: ReadSecret;
  secretId: string;
}): Promise<string> {
  // A malformed value may be a cached one that an operator has repaired since.
  for (const fresh of [false, true]) {
    const parsed = tokenSecretSchema.safeParse(await read(deps, fresh));
    if (parsed.success) return parsed.data.tokenSecret;
  }
  throw new RetryLaterError(`secret ${deps.secretId} has no usable tokenSecret`);
}

async function read(
  deps: { readSecret: ReadSecret; secretId: string },
  fresh: boolean,
): Promise<unknown> {
  try {
    return await deps.readSecret({ fresh });
  } catch (cause) {
    throw new RetryLaterError(`secret ${deps.secretId} cannot be read`, { cause });
  }
}
