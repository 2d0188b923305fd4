import { forkScript, messagesOf } from '../child-process.ts';
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
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: address.awsEndpoint,
    AWS_REGION: address.awsRegion,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  return {
    address,
    paidOrders: async (count) =>
      paidOrderSchema.array().parse(await ask({ ask: 'paidOrders', count })),
    calls: async () => callsSchema.parse(await ask({ ask: 'calls' })),
    stop: () => child.kill(),
  };
}
