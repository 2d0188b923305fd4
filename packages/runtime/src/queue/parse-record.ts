import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import type { EventContract } from '@cloudnestle/contracts/event';
import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';
import type * as z from 'zod';
import { PermanentError } from '../errors.ts';

/** An event as a subscriber receives it, parsed. */
export type ReceivedEvent<Contract> =
  Contract extends EventContract<infer Type, infer Data>
    ? { detailType: Type; metadata: EventMetadata; data: z.infer<Data> }
    : never;

/** Reads a queue record's body: JSON, the bus's envelope, the detail by its contract. What does not fit never will. */
export function parseRecord<Contract extends EventContract<string, z.ZodType>>(
  body: string,
  contracts: readonly Contract[],
): ReceivedEvent<Contract> {
  const envelope = busEnvelopeSchema.safeParse(parseJson(body));
  if (!envelope.success) throw new PermanentError('the message is no event of the bus');
  const detailType = envelope.data['detail-type'];
  const contract = contracts.find((candidate) => candidate.detailType === detailType);
  if (!contract) throw new PermanentError(`no contract here for detail type "${detailType}"`);
  const detail = contract.detailSchema.safeParse(envelope.data.detail);
  if (!detail.success) {
    const fields = detail.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new PermanentError(`schema mismatch in ${detailType}: ${fields}`);
  }
  // The contract was found by this very detail type; the compiler cannot follow that through `find`.
  return { detailType, ...detail.data } as ReceivedEvent<Contract>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PermanentError('the message is no JSON');
  }
}
