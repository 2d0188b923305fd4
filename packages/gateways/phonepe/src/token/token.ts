import * as z from 'zod';
import { parseJson } from '../lenient/json.ts';
import { readMoment } from '../lenient/moment.ts';

const FALLBACK_LIFE_MS = 300_000;

export interface Token {
  value: string;
  /** Half its life: from here on a new one is fetched. */
  refreshAtMs: number;
  expiresAtMs: number;
}

const tokenSchema = z.object({
  /** Goes into a header: nothing but visible ASCII. */
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  issued_at: z.unknown().optional(),
  expires_at: z.unknown().optional(),
  /** May be null, so it is only asked where expires_at is missing. */
  expires_in: z.number().positive().optional().catch(undefined),
});

/**
 * Reads PhonePe's token answer. Its times are epoch seconds of PhonePe's clock; where they do not fit ours (issued in
 * the future, expired already), only the length of the life is believed, counted from when it was asked for: the answer
 * may have waited in a frozen container since.
 */
export function readToken(body: string, askedAt: Date): Token | undefined {
  const parsed = tokenSchema.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const answer = parsed.data;
  const askedAtMs = askedAt.getTime();
  const issuedAtMs = readMoment(answer.issued_at)?.getTime() ?? askedAtMs;
  const expiresAtMs = readMoment(answer.expires_at)?.getTime();
  const spokenLifeMs = answer.expires_in ? answer.expires_in * 1000 : FALLBACK_LIFE_MS;
  const lifeMs = expiresAtMs === undefined ? spokenLifeMs : Math.max(expiresAtMs - issuedAtMs, 0);
  const clocksAgree = issuedAtMs <= askedAtMs && askedAtMs < issuedAtMs + lifeMs;
  const startMs = clocksAgree ? issuedAtMs : askedAtMs;
  return {
    value: answer.access_token,
    refreshAtMs: startMs + lifeMs / 2,
    expiresAtMs: startMs + lifeMs,
  };
}
