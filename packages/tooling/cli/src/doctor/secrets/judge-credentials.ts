import { parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { judge, type Verdict } from '../check.ts';
import { plural } from '../plural.ts';
import { findNoSecret, findWrongShape } from './problems.ts';

/** Whether the gateway's credentials can be read as such. Says field names and counts, never what stands in them. */
export function judgeCredentials(text: string | undefined): Verdict {
  if (text === undefined) return findNoSecret();
  const parsed = parsePhonePeCredentials(text);
  if (parsed.kind === 'malformed') return findWrongShape(parsed.keys);
  const { webhookCredentials, webhookHmacKeys } = parsed.credentials;
  const isOff = webhookCredentials.length + webhookHmacKeys.length === 0;
  return judge(
    isOff
      ? [
          'webhookCredentials and webhookHmacKeys are empty: webhooks are answered 503; should have one',
        ]
      : [],
    `${plural(webhookCredentials.length, 'webhook credential')}, ${plural(webhookHmacKeys.length, 'HMAC key')}`,
  );
}
