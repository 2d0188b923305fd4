import * as z from 'zod';
import { forkScript, messagesOf } from '../child-process.ts';

/** A local cloud in another process. */
export interface RecordingCloud {
  endpoint: string;
  record(): Promise<void>;
  /** From now on SES answers after so long. */
  delayMails(ms: number): Promise<void>;
  /** Every call since `record`. */
  stopRecording(): Promise<Call[]>;
  stop(): void;
}

export async function startRecordingCloud(): Promise<RecordingCloud> {
  const child = forkScript(new URL('cloud-process.ts', import.meta.url));
  const messages = messagesOf(child);
  const { endpoint } = readySchema.parse((await messages.next()).value);
  const tell = async (order: Order) => {
    child.send(order);
    return recordedSchema.parse((await messages.next()).value);
  };
  return {
    endpoint,
    record: async () => {
      await tell('record');
    },
    delayMails: async (mailsAfterMs) => {
      await tell({ mailsAfterMs });
    },
    stopRecording: () => tell('stop recording'),
    stop: () => child.kill(),
  };
}

/** A call to AWS as it reached the endpoint. */
const callSchema = z.object({
  service: z.string(),
  operation: z.string(),
  body: z.unknown(),
});
export type Call = z.infer<typeof callSchema>;

/** What the benchmark tells the cloud's process. It answers each with a message of its own. */
export const orderSchema = z.union([
  z.enum(['record', 'stop recording']),
  z.object({ mailsAfterMs: z.number() }),
]);
type Order = z.infer<typeof orderSchema>;

/** Sent once when the cloud is ready. */
export const readySchema = z.object({ endpoint: z.string() });

/** The calls since `record`, in the order they came; empty in answer to `record` itself. */
const recordedSchema = z.array(callSchema);
