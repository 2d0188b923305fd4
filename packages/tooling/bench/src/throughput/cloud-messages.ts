import * as z from 'zod';
import { callSchema } from './call.ts';

/** What the benchmark tells the cloud's process. It answers each with a message of its own. */
export const orderSchema = z.enum(['record', 'stop recording']);
export type Order = z.infer<typeof orderSchema>;

/** Sent once when the cloud is ready. */
export const readySchema = z.object({ endpoint: z.string() });

/** The calls since `record`, in the order they came; empty in answer to `record` itself. */
export const recordedSchema = z.array(callSchema);
