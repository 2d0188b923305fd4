import { forkScript, messagesOf } from '../child-process.ts';
import { pointSdkAt } from '../point-sdk.ts';
import {
  type Address,
  addressSchema,
  type Calls,
  callsSchema,
  type PaidOrder,
  paidOrderSchema,
  type Question,
} from './backend-messages.ts';

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
