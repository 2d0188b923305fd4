import { startLocalCloud } from '@cloudnestle/local-aws/start';
import type * as z from 'zod';
import { endWithParent } from '../child-process.ts';
import type { Call } from './call.ts';
import { orderSchema, type readySchema } from './cloud-messages.ts';

/** A local cloud in a process of its own that can write down what it is asked. */
endWithParent();
const cloud = await startLocalCloud();
let calls: Call[] = [];
process.on('message', (sent) => {
  if (orderSchema.parse(sent) === 'record') {
    calls = [];
    cloud.intercept(({ service, operation, body }) => {
      calls.push({ service, operation, body });
      return undefined;
    });
    process.send?.([]);
  } else {
    cloud.intercept(undefined);
    process.send?.(calls);
  }
});
const ready: z.infer<typeof readySchema> = { endpoint: cloud.endpoint };
process.send?.(ready);
