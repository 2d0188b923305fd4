import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawWebhook } from '@cloudnestle/payments/gateway';
import type { PhonePeCredentials } from './credentials.ts';

/** Header names of HMAC mode, as integrators report them. */
export const HMAC_KEY_ID_HEADER = 'x-phonepe-checksum-key-id';
export const HMAC_SIGNATURE_HEADER = 'x-phonepe-checksum-signature';

/**
 * The `Authorization` header of a webhook in SHA mode: lower-case hex SHA-256 of `username:password`, without prefix.
 * It signs no body: a caller who has seen one header can send any event.
 */
export function sha256AuthorizationHeader(username: string, password: string): string {
  return createHash('sha256').update(`${username}:${password}`).digest('hex');
}

/** HMAC-SHA256 over the body's untouched bytes. Which spelling PhonePe uses is not confirmed. */
export function hmacSignature(
  key: string,
  rawBody: Uint8Array | string,
  encoding: 'hex' | 'base64' = 'hex',
): string {
  return createHmac('sha256', key).update(rawBody).digest(encoding);
}

/** `unsigned`: no header to check. `mismatch`: headers that fit none of the secret's credentials. */
type Authentication = 'authentic' | 'mismatch' | 'unsigned' | 'unconfigured';

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

/** Other servers than API Gateway may hand over a repeated header as a list: that is no signature. */
function readHeader(request: RawWebhook, name: string): string {
  const value: unknown = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Compares without telling by its duration where, or in what length, the two differ. Never throws. */
export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** timingSafeEqual wants equal lengths; digests have one. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
