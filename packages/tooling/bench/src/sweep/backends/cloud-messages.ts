import * as z from 'zod';

/** Where a cloud is. */
export const addressSchema = z.object({
  awsEndpoint: z.string(),
  awsRegion: z.string(),
  /** The sweep's variables. */
  environment: z.record(z.string(), z.string()),
});
export type Address = z.infer<typeof addressSchema>;

/** What the cloud's process tells until it is ready. */
export const newsSchema = z.discriminatedUnion('kind', [
  /** The share of the closed orders that is written, 0 to 1. */
  z.object({ kind: z.literal('filling'), done: z.number() }),
  z.object({ kind: z.literal('ready'), address: addressSchema }),
]);
export type News = z.infer<typeof newsSchema>;

/** What it is asked then. It answers each with the calls since the orders were last made due. */
export const questionSchema = z.enum(['make due', 'calls']);
export type Question = z.infer<typeof questionSchema>;

/** Calls by `service:operation`. */
export const callsSchema = z.record(z.string(), z.int());
export type Calls = z.infer<typeof callsSchema>;
