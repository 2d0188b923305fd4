import * as z from 'zod';
import { textSchema } from './text.ts';

/** A page that sells: where it lives, and where its buyers return to. CORS answers exactly these origins. */
export const frontendSchema = z.object({
  id: textSchema.min(1),
  origin: z.url(),
  returnUrl: z.url(),
});
export type Frontend = z.infer<typeof frontendSchema>;

export const frontendsSchema = z.array(frontendSchema).min(1);
