import * as z from 'zod';

/** A day, as the longest that Cognito's own id and access tokens may live. */
const LONGEST_SECONDS = 24 * 60 * 60;

/** What a developer asks the local issuer for. */
export const tokenRequestSchema = z.strictObject({
  /** Groups of the user pool. Cognito's names hold no space, so that a list of them can be split again. */
  groups: z
    .array(z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, 'must have no spaces'))
    .default([]),
  use: z.enum(['id', 'access']).default('id'),
  expiresInSeconds: z.int().min(1).max(LONGEST_SECONDS).default(3600),
  username: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .default('local-developer'),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;
