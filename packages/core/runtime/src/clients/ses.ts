import { SESv2Client } from '@aws-sdk/client-sesv2';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type ClientOptions, type ClientSource, sdkClients } from './factories.ts';
import { withoutLogging } from './without-logging.ts';

/** One attempt only: SES has no idempotency key, so a repeat by the SDK could be a second mail (rule 8). */
export function createSesClient(
  options: { timeoutMs?: number } = {},
  { clients }: ClientSource = sdkClients,
): SESv2Client {
  const timeoutMs = timeLimitMs(options.timeoutMs ?? 5000);
  return (clients.ses ?? connect)({ timeoutMs, maxAttempts: 1 });
}

function connect({ timeoutMs, maxAttempts }: Required<ClientOptions>): SESv2Client {
  return withoutLogging(
    new SESv2Client({
      maxAttempts,
      requestHandler: {
        // A kept socket may die unseen while Lambda is frozen; with one attempt that would be a mail of which nothing is known.
        httpAgent: { keepAlive: false },
        httpsAgent: { keepAlive: false },
        connectionTimeout: Math.min(timeLimitMs(1000), timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    }),
  );
}
