import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import { CliError } from '../cli-error.ts';

export interface TokenRequest {
  groups: readonly string[];
  use: 'id' | 'access';
  expiresInSeconds: number;
}

const TIMEOUT_MS = 5000;
const answerSchema = z.object({ token: z.string().min(1) });

/** Asks a local issuer for a token; throws a `CliError` where it is gone or refuses. */
export async function requestToken(tokenUrl: string, request: TokenRequest): Promise<string> {
  const answer = await post(tokenUrl, request);
  if (!answer.ok) throw new CliError(`The token issuer at ${tokenUrl} answered ${answer.status}.`);
  const parsed = answerSchema.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) throw new CliError(`What answers at ${tokenUrl} is no token issuer.`);
  return parsed.data.token;
}

async function post(url: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeLimitMs(TIMEOUT_MS)),
    });
  } catch (error) {
    throw new CliError(
      `The token issuer at ${url} does not answer (${describeError(error)}). Is \`payments dev\` running?`,
      { cause: error },
    );
  }
}
