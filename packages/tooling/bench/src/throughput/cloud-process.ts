import { startLocalCloud } from '@cloudnestle/local-aws/start';
import type * as z from 'zod';
import { endWithParent } from '../child-process.ts';
import { type Call, orderSchema, type readySchema } from './start-cloud.ts';

/** A local cloud in a process of its own that can write down what it is asked. */
endWithParent();
const cloud = await startLocalCloud();
let calls: Call[] = [];
let isRecording = false;
let mailsAfterMs = 0;
cloud.intercept(({ service, operation, body }) => {
  if (isRecording) calls.push({ service, operation, body });
  const isDelayed = service === 'ses' && mailsAfterMs > 0;
  return isDelayed ? { when: 'before', hangMs: mailsAfterMs } : undefined;
});
process.on('message', (sent) => {
  const order = orderSchema.parse(sent);
  if (typeof order === 'object') mailsAfterMs = order.mailsAfterMs;
  else isRecording = order === 'record';
  const answer = order === 'stop recording' ? calls : [];
  calls = [];
  process.send?.(answer);
});
const ready: z.infer<typeof readySchema> = { endpoint: cloud.endpoint };
process.send?.(ready);
