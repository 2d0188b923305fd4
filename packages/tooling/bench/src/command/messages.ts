import * as z from 'zod';
import { findingsSchema } from '../benchmark.ts';

/** What a benchmark's process tells the command. */
export const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number() }),
  z.object({ kind: z.literal('found'), findings: findingsSchema }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type Message = z.infer<typeof messageSchema>;
