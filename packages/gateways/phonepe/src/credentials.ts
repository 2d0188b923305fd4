import * as z from 'zod';
import { parseJson } from './lenient/json.ts';

/** The secret's name in Secrets Manager. */
export const PHONEPE_CREDENTIALS_SECRET = 'marketplace/phonepe/credentials';

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
    typeof secret === 'string' ? parseJson(secret) : secret,
  );
  if (parsed.success) return { kind: 'credentials', credentials: parsed.data };
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  const keys = [...new Set(paths)].filter(Boolean);
  const fault = keys.length ? `missing or malformed: ${keys.join(', ')}` : 'not a JSON object';
  const reason = `secret ${PHONEPE_CREDENTIALS_SECRET}: ${fault}`;
  return { kind: 'malformed', keys, reason };
}
