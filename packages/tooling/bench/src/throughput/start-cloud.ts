import { forkScript, messagesOf } from '../child-process.ts';
import type { Call } from './call.ts';
import { type Order, readySchema, recordedSchema } from './cloud-messages.ts';

/** A local cloud in another process. */
export interface RecordingCloud {
  endpoint: string;
  record(): Promise<void>;
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
    stopRecording: () => tell('stop recording'),
    stop: () => child.kill(),
  };
}
