import * as z from 'zod';

/** `POST /api/validate-solution-token`, as the search app has always called it. */
export const validateTokenRequestSchema = z.object({
  token: z.string().min(1).max(200),
  solution_id: z.string().min(1).max(100),
  user_email: z
    .string()
    .nullish()
    .describe('Sent by some clients. The token says whose it is, so nothing depends on it.'),
  action: z
    .literal('search', { error: 'must be "search"' })
    .nullish()
    .describe('What the token is shown for: the only thing that is counted.'),
  check_only: z.boolean().nullish().describe('True: only looks, and counts nothing.'),
});
export type ValidateTokenRequest = z.infer<typeof validateTokenRequestSchema>;

const holderShape = {
  user_email: z.string().describe('Empty where no record says it.'),
  access_tier: z.string(),
  access_ends_at: z.iso
    .datetime()
    .optional()
    .describe(
      'From this moment on the tier is a lower one, unless it is bought again. Absent: it does not end.',
    ),
  user: z.object({ email: z.string(), tier: z.string() }),
  solution_id: z.string(),
};

/** 200: the search may go ahead. */
export const allowedResponseSchema = z.object({
  success: z.literal(true),
  allowed: z.literal(true),
  ...holderShape,
  quota_remaining: z.int().min(-1).describe('Searches left today after this one; -1 is unlimited.'),
  quota: z.object({
    daily_limit: z.int().min(-1).describe('-1 is unlimited.'),
    daily_used: z.int().nonnegative(),
  }),
});
export type AllowedResponse = z.infer<typeof allowedResponseSchema>;

/** 429: today's searches are used up. It says what a search app needs to offer the upgrade. */
export const quotaExceededResponseSchema = z.object({
  success: z.literal(false),
  allowed: z.literal(false),
  error: z.string().describe('Words for the buyer, where the live search app reads them.'),
  message: z.string().describe('The same words.'),
  code: z.literal('QUOTA_EXCEEDED'),
  ...holderShape,
  quota_remaining: z.literal(0),
  quota: z.object({ daily_limit: z.int().positive(), daily_used: z.int().nonnegative() }),
  resets_at: z.iso.datetime().describe('When the next day begins, and searches with it (UTC).'),
  upgrade: z
    .object({
      tier: z.string(),
      plan_id: z.string(),
      plan_name: z.string().describe('What buyers call it.'),
      amount_in_paisa: z.int().positive(),
      currency: z.string(),
      daily_limit: z.int().min(-1).describe('-1 is unlimited.'),
      upgrade_path: z.string().describe("The API's own path."),
    })
    .nullable()
    .describe('The plan on sale that has more; null where none is.'),
});
export type QuotaExceededResponse = z.infer<typeof quotaExceededResponseSchema>;

/** 403: the live client's error body, `{error, solution_id}`, with a code and what to do about it. */
export const refusedTokenResponseSchema = z.object({
  success: z.literal(false),
  allowed: z.literal(false),
  error: z.string(),
  message: z.string(),
  code: z.enum(['UNKNOWN_TOKEN', 'SUSPENDED']),
  solution_id: z.string(),
});
export type RefusedTokenResponse = z.infer<typeof refusedTokenResponseSchema>;
