import * as z from 'zod';

/** What the measuring process asks of the backend. */
export const questionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('paidOrders'), count: z.int().positive() }),
  z.object({ ask: z.literal('calls') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Where the backend is, sent once when it is ready. */
export const addressSchema = z.object({
  awsEndpoint: z.string(),
  awsRegion: z.string(),
  gatewayUrl: z.string(),
  /** The webhook function's variables. */
  environment: z.record(z.string(), z.string()),
});
export type Address = z.infer<typeof addressSchema>;

/** A paid order, in the table and at the gateway, with the webhook that says so. */
export const paidOrderSchema = z.object({
  transactionId: z.string(),
  merchantOrderId: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type PaidOrder = z.infer<typeof paidOrderSchema>;

/** The calls since the start. */
export const callsSchema = z.object({
  getItem: z.int(),
  orderStatus: z.int(),
  putEvents: z.int(),
  /** The entry put on the bus last. */
  lastEntry: z.record(z.string(), z.unknown()).optional(),
});
export type Calls = z.infer<typeof callsSchema>;
