import * as z from 'zod';
import { forkScript, messagesOf, pointSdkAt } from '../child-process.ts';

export interface Backend {
  address: Address;
  paidOrders(count: number): Promise<PaidOrder[]>;
  calls(): Promise<Calls>;
  stop(): void;
}

/** Starts cloud and gateway in another process and points this process's SDK environment at it. One question at a time. */
export async function startBackend(): Promise<Backend> {
  const child = forkScript(new URL('backend-process.ts', import.meta.url));
  const messages = messagesOf(child);
  const next = async () => (await messages.next()).value;
  const ask = (question: Question) => {
    child.send(question);
    return next();
  };
  const address = addressSchema.parse(await next());
  pointSdkAt(address);
  return {
    address,
    paidOrders: async (count) =>
      paidOrderSchema.array().parse(await ask({ ask: 'paidOrders', count })),
    calls: async () => callsSchema.parse(await ask({ ask: 'calls' })),
    stop: () => child.kill(),
  };
}

/** What the measuring process asks of the backend. */
export const questionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('paidOrders'), count: z.int().positive() }),
  z.object({ ask: z.literal('calls') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Where the backend is, sent once when it is ready. */
const addressSchema = z.object({
  awsEndpoint: z.string(),
  awsRegion: z.string(),
  gatewayUrl: z.string(),
  /** The webhook function's variables. */
  environment: z.record(z.string(), z.string()),
});
export type Address = z.infer<typeof addressSchema>;

/** A paid order, in the table and at the gateway, with the webhook that says so. */
const paidOrderSchema = z.object({
  transactionId: z.string(),
  merchantOrderId: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type PaidOrder = z.infer<typeof paidOrderSchema>;

/** The calls since the start. */
const callsSchema = z.object({
  getItem: z.int(),
  orderStatus: z.int(),
  putEvents: z.int(),
  /** The entry put on the bus last. */
  lastEntry: z.record(z.string(), z.unknown()).optional(),
});
export type Calls = z.infer<typeof callsSchema>;
