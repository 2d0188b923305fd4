import type { StorefrontOptions } from '../storefront-options.ts';
import type { ReadRecord } from './create-record-reader.ts';

/** Reads the token that a demo user's search app would have kept since the registration. */
export function createTokenReader(readRecord: ReadRecord): StorefrontOptions['readToken'] {
  return async ({ userId, email }) => {
    const byUserId = await readRecord(userId);
    return byUserId?.token ?? (await readRecord(email))?.token;
  };
}
