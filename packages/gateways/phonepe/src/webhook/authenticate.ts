import type { RawWebhook } from '@cloudnestle/payments/gateway';
import type { PhonePeCredentials } from '../credentials.ts';
import {
  HMAC_KEY_ID_HEADER,
  HMAC_SIGNATURE_HEADER,
  hmacSignature,
  sha256AuthorizationHeader,
} from '../webhook-signature.ts';
import { equalInConstantTime } from './constant-time.ts';

/** `unsigned`: no header to check. `mismatch`: headers that fit none of our credentials. */
export type Authentication = 'authentic' | 'mismatch' | 'unsigned' | 'unconfigured';

/**
 * Checks a webhook against every credential in the secret, in whichever mode its headers speak. SHA mode is as strict
 * as PhonePe's own client: bare lower-case hex; a prefix or another case is refused.
 */
export function authenticate(credentials: PhonePeCredentials, request: RawWebhook): Authentication {
  const { webhookCredentials, webhookHmacKeys } = credentials;
  if (webhookCredentials.length + webhookHmacKeys.length === 0) return 'unconfigured';
  const authorization = readHeader(request, 'authorization');
  const keyId = readHeader(request, HMAC_KEY_ID_HEADER);
  const signature = readHeader(request, HMAC_SIGNATURE_HEADER);
  if (!authorization && !(keyId && signature)) return 'unsigned';
  const matches = [
    ...webhookCredentials.map(({ username, password }) =>
      equalInConstantTime(sha256AuthorizationHeader(username, password), authorization),
    ),
    ...webhookHmacKeys
      .filter(({ id }) => id === keyId)
      .flatMap(({ key }) => [
        equalInConstantTime(hmacSignature(key, request.body, 'hex'), signature),
        equalInConstantTime(hmacSignature(key, request.body, 'base64'), signature),
      ]),
  ];
  return matches.includes(true) ? 'authentic' : 'mismatch';
}

/** Servers other than ours may hand over a repeated header as a list: that is no signature. */
function readHeader(request: RawWebhook, name: string): string {
  const value: unknown = request.headers[name];
  return typeof value === 'string' ? value : '';
}
