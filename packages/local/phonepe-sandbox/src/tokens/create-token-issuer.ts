import type { Credentials } from '../options.ts';
import type { Ids } from '../support/create-ids.ts';

export type TokenIssuer = ReturnType<typeof createTokenIssuer>;

export interface TokenIssuerPorts {
  credentials: Credentials;
  lifetimeSeconds: number;
  now: () => Date;
  ids: Ids;
}

/** PhonePe's OAuth: credentials in, a token that lives a while out. */
export function createTokenIssuer({ credentials, lifetimeSeconds, now, ids }: TokenIssuerPorts) {
  let current = credentials;
  const expiryByToken = new Map<string, number>();

  return {
    merchantId: () => current.merchantId,
    isClient: ({ clientId, clientSecret, clientVersion }: Omit<Credentials, 'merchantId'>) =>
      clientId === current.clientId &&
      clientSecret === current.clientSecret &&
      clientVersion === current.clientVersion,
    /** Times are epoch seconds, unlike everywhere else in PhonePe's API. */
    issue() {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = issuedAt + lifetimeSeconds;
      const token = ids.token({ expiresOn: expiresAt * 1000, merchantId: current.merchantId });
      expiryByToken.set(token, expiresAt);
      return {
        access_token: token,
        encrypted_access_token: token,
        expires_in: lifetimeSeconds,
        issued_at: issuedAt,
        expires_at: expiresAt,
        session_expires_at: expiresAt,
        token_type: 'O-Bearer',
      };
    },
    /** The whole header: `O-Bearer <token>`, and no other scheme. */
    accepts(authorization: string | undefined): boolean {
      const token = authorization?.match(/^O-Bearer (\S+)$/)?.[1];
      const expiresAt = token === undefined ? undefined : expiryByToken.get(token);
      return expiresAt !== undefined && now().getTime() < expiresAt * 1000;
    },
    /** From now on only these credentials count, and every token given out so far is void. */
    rotate(changed: Partial<Credentials>) {
      current = { ...current, ...changed };
      expiryByToken.clear();
    },
  };
}
