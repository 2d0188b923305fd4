import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type PhonePeCredentials, parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { describeError } from '@cloudnestle/runtime/errors';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import { CliError } from '../../cli-error.ts';

const TIMEOUT_MS = 5000;

/** The gateway's credentials on a stage as they stand now. Throws a `CliError` that says nothing of what stands there. */
export async function readCredentials(secret: string): Promise<PhonePeCredentials> {
  const parsed = parsePhonePeCredentials(await readSecret(secret));
  if (parsed.kind === 'credentials') return parsed.credentials;
  throw new CliError(`The webhook cannot be signed: ${parsed.reason}.`);
}

async function readSecret(secret: string): Promise<unknown> {
  try {
    return await createSecretReader(secret, { timeoutMs: timeLimitMs(TIMEOUT_MS) })({
      fresh: true,
    });
  } catch (error) {
    throw new CliError(`The secret ${secret} cannot be read (${describeError(error)}).`, {
      cause: error,
    });
  }
}
