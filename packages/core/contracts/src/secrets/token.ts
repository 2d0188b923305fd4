import * as z from 'zod';

/** `marketplace/token-secret`: the key from which entitlement tokens are derived. */
export const tokenSecretSchema = z.object({ tokenSecret: z.string().min(16) });
