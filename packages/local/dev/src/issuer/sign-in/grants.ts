import { createHash } from 'node:crypto';
import type { DemoOperator } from './operators.ts';

/** Cognito's codes live so long. */
const CODE_MS = 5 * 60_000;
/** Longer than an operator's day. */
const REFRESH_MS = 12 * 3_600_000;

/** What an operator has agreed to, and who may fetch its tokens. */
export interface Grant {
  operator: DemoOperator;
  clientId: string;
  redirectUri: string;
  /** SHA-256 of the verifier, base64url. */
  challenge: string;
  nonce: string | undefined;
}

/** Codes and refresh tokens of one issuer; each is good for one use. */
export interface Grants {
  addCode(grant: Grant): string;
  /** The code's grant; undefined where code, client, address or verifier do not fit. The code is spent in any case. */
  takeCode(code: string, shown: Shown): Grant | undefined;
  addRefreshToken(grant: Grant): string;
  /** The grant of a refresh token that was not used yet. One that comes twice was stolen: its successors end with it. */
  takeRefreshToken(token: string, clientId: string): Grant | undefined;
}

interface Shown {
  clientId: string;
  redirectUri: string;
  verifier: string;
}

export function createGrants({ nowMs, newId }: { nowMs(): number; newId(): string }): Grants {
  const codes = new Map<string, { grant: Grant; untilMs: number }>();
  const tokens = new Map<string, { grant: Grant; untilMs: number; isUsed: boolean }>();
  return {
    addCode: (grant) => {
      const code = newId();
      codes.set(code, { grant, untilMs: nowMs() + CODE_MS });
      return code;
    },
    takeCode: (code, shown) => {
      const kept = codes.get(code);
      codes.delete(code);
      if (!kept || kept.untilMs < nowMs() || !fits(kept.grant, shown)) return undefined;
      return kept.grant;
    },
    addRefreshToken: (grant) => {
      const token = newId();
      tokens.set(token, { grant, untilMs: nowMs() + REFRESH_MS, isUsed: false });
      return token;
    },
    takeRefreshToken: (token, clientId) => {
      const kept = tokens.get(token);
      if (kept?.grant.clientId !== clientId || kept.untilMs < nowMs()) return undefined;
      if (kept.isUsed) {
        for (const [other, { grant }] of tokens) if (grant === kept.grant) tokens.delete(other);
        return undefined;
      }
      kept.isUsed = true;
      return kept.grant;
    },
  };
}

function fits(grant: Grant, { clientId, redirectUri, verifier }: Shown): boolean {
  return (
    grant.clientId === clientId &&
    grant.redirectUri === redirectUri &&
    grant.challenge === createHash('sha256').update(verifier).digest('base64url')
  );
}
