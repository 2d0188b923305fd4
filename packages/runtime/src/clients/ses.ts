import { SESv2Client } from '@aws-sdk/client-sesv2';

/** One attempt only: SES has no idempotency key, so a repeat by the SDK could be a second mail (design, rule 8). */
export function createSesClient(options: { timeoutMs?: number } = {}): SESv2Client {
  const { timeoutMs = 5000 } = options;
  return new SESv2Client({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: Math.min(1000, timeoutMs),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
