import * as z from 'zod';
import { operatorNameSchema } from './common.ts';

/** `GET /payments/admin/me`: who is signed in, and what the server lets them do. */
export const meResponseSchema = z.object({
  success: z.literal(true),
  stage: z.string(),
  /** Real buyers: a change needs the stage's name typed. */
  isProduction: z.boolean(),
  region: z.string(),
  account: z.string().optional().describe('The AWS account, where it is known.'),
  operator: operatorNameSchema,
  role: z.enum(['look', 'repair']),
  can: z
    .array(z.string())
    .describe('Keys of the routes that this operator may call (admin/routes.ts).'),
});
export type MeResponse = z.infer<typeof meResponseSchema>;
