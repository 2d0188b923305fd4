import { createHash, createHmac } from 'node:crypto';

/** Header names of HMAC mode, as integrators report them. */
export const HMAC_KEY_ID_HEADER = 'x-phonepe-checksum-key-id';
export const HMAC_SIGNATURE_HEADER = 'x-phonepe-checksum-signature';

/**
 * The `Authorization` header of a webhook in SHA mode: lower-case hex SHA-256 of `username:password`, without prefix.
 * It signs no body: whoever has seen one header can send any event.
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
