import type { Clock } from '@cloudnestle/payments/clock';
import * as z from 'zod';
import { parseJsonKeepingDigits } from './lenient.ts';
import { orWhenOver, shareFetch, withinBudget } from './waiting.ts';

/** The secret's name in Secrets Manager. */
const PHONEPE_CREDENTIALS_SECRET = 'marketplace/phonepe/credentials';

const text = z.string().min(1);
const digits = z.string().regex(/^[1-9]\d{0,8}$/);

/**
 * The secret `marketplace/phonepe/credentials`. Every webhook entry is valid at the same time, so that credentials
 * rotate with overlap. The salt fields belong to PhonePe's V1: kept, never read.
 */
export const phonePeCredentialsSchema = z.object({
  clientId: text,
  clientSecret: text,
  /** PhonePe's version of the client id: 1 in the sandbox, in production it comes with the credentials. */
  clientVersion: z
    .union([z.int().positive(), digits.transform(Number)])
    .nullish()
    .transform((version) => version ?? 1),
  merchantId: text,
  saltKey: z.unknown().optional(),
  saltIndex: z.unknown().optional(),
  /** User names and passwords of hooks in SHA mode. */
  webhookCredentials: z
    .array(z.object({ username: text, password: text }))
    .nullish()
    .transform((list) => list ?? []),
  /** Keys of hooks in HMAC mode. */
  webhookHmacKeys: z
    .array(z.object({ id: text, key: text }))
    .nullish()
    .transform((list) => list ?? []),
});
export type PhonePeCredentials = z.infer<typeof phonePeCredentialsSchema>;

export type ParsedCredentials =
  | { kind: 'credentials'; credentials: PhonePeCredentials }
  /** `keys` and `reason` name what is missing or malformed, never what stands there. */
  | { kind: 'malformed'; keys: string[]; reason: string };

/** Reads the secret's content: the parsed object or its JSON text. */
export function parsePhonePeCredentials(secret: unknown): ParsedCredentials {
  const parsed = phonePeCredentialsSchema.safeParse(
    typeof secret === 'string' ? parseJsonKeepingDigits(secret) : secret,
  );
  if (parsed.success) return { kind: 'credentials', credentials: parsed.data };
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  const keys = [...new Set(paths)].filter(Boolean);
  const fault = keys.length ? `missing or malformed: ${keys.join(', ')}` : 'not a JSON object';
  const reason = `secret ${PHONEPE_CREDENTIALS_SECRET}: ${fault}`;
  return { kind: 'malformed', keys, reason };
}

/** Older than this, the secret is read again even where nothing mismatches: a removed entry must stop working. */
const MAX_AGE_MS = 300_000;
/** Callers with wrong signatures can have the secret read again only this often. */
const REREAD_INTERVAL_MS = 30_000;
const READ_TIMEOUT_MS = 5_000;

export type ReadCredentials = (options: { fresh: boolean }) => Promise<unknown>;

export type CredentialsAnswer =
  | { kind: 'credentials'; credentials: PhonePeCredentials }
  | { kind: 'unavailable'; reason: string };

/** The secret as last read, shared by tokens and webhooks. No method throws. */
export interface CredentialStore {
  /** What was last read, else what is there now. A failing re-read keeps what was read before. */
  current(): Promise<CredentialsAnswer>;
  /** Reads past every cache; concurrent callers share one read. */
  reread(): Promise<CredentialsAnswer>;
  /** As `reread`, at most once per 30 s; between, what the last re-read answered. */
  rereadUnlessRecent(): Promise<CredentialsAnswer>;
}

export function createCredentialStore(deps: {
  readCredentials: ReadCredentials;
  now: Clock;
}): CredentialStore {
  const { readCredentials, now } = deps;
  const firstReading = shareFetch<CredentialsAnswer>(now, READ_TIMEOUT_MS);
  const rereading = shareFetch<CredentialsAnswer>(now, READ_TIMEOUT_MS);
  let kept: { credentials: PhonePeCredentials; at: number } | undefined;
  let lastReread: { answer: CredentialsAnswer; at: number } | undefined;
  const nowMs = () => now().getTime();

  /** `at`: when it was asked for, so that a read that was frozen on its way replaces nothing newer. */
  const keep = (answer: CredentialsAnswer, at: number): CredentialsAnswer => {
    const isNews = kept === undefined || at >= kept.at;
    if (answer.kind === 'credentials' && isNews) kept = { credentials: answer.credentials, at };
    return answer;
  };
  const readFirst = () =>
    firstReading.joinOrStart(async () => {
      const at = nowMs();
      const answer = await readOnce(readCredentials, false);
      return kept ? { kind: 'credentials', credentials: kept.credentials } : keep(answer, at);
    });
  const reread = () =>
    rereading.joinOrStart(async () => {
      const at = nowMs();
      const answer = keep(await readOnce(readCredentials, true), at);
      if (lastReread === undefined || at >= lastReread.at) lastReread = { answer, at };
      return answer;
    });
  const rereadUnlessRecent = async () => {
    const isRecent = lastReread && nowMs() - lastReread.at < REREAD_INTERVAL_MS;
    return lastReread && isRecent ? lastReread.answer : reread();
  };

  return {
    async current() {
      if (!kept) return readFirst();
      const before: CredentialsAnswer = { kind: 'credentials', credentials: kept.credentials };
      if (nowMs() - kept.at < MAX_AGE_MS) return before;
      const answer = await rereadUnlessRecent();
      return answer.kind === 'credentials' ? answer : before;
    },
    reread,
    rereadUnlessRecent,
  };
}

function readOnce(readCredentials: ReadCredentials, fresh: boolean): Promise<CredentialsAnswer> {
  return withinBudget(READ_TIMEOUT_MS, async (signal) => {
    try {
      const read = readCredentials({ fresh }).then(toAnswer);
      return await orWhenOver(signal, read, unreadable('timed out'));
    } catch (error) {
      // The error's name only: its message may quote what was read.
      return unreadable(error instanceof Error ? error.name : 'unknown error');
    }
  });
}

function toAnswer(secret: unknown): CredentialsAnswer {
  const parsed = parsePhonePeCredentials(secret);
  return parsed.kind === 'credentials' ? parsed : { kind: 'unavailable', reason: parsed.reason };
}

function unreadable(why: string): CredentialsAnswer {
  const reason = `secret ${PHONEPE_CREDENTIALS_SECRET} cannot be read: ${why}`;
  return { kind: 'unavailable', reason };
}
