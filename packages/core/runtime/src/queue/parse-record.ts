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
  const message = parseJson(body);
  const envelope = busEnvelopeSchema.safeParse(message);
  if (!envelope.success) {
    const wrong = nameFaults(envelope.error, 'the message', message);
    throw new PermanentError(`the message is no event of the bus: ${wrong}`);
  }
  const detailType = envelope.data['detail-type'];
  const contract = contracts.find((candidate) => candidate.detailType === detailType);
  if (!contract) throw new PermanentError(`no contract here for detail type "${detailType}"`);
  const detail = contract.detailSchema.safeParse(envelope.data.detail);
  if (!detail.success) {
    const wrong = nameFaults(detail.error, 'the detail', envelope.data.detail);
    throw new PermanentError(`schema mismatch in ${detailType}: ${wrong}`);
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

/** The fields at fault, or what stands where all of them should be. Never a value: it may be anybody's data. */
function nameFaults(error: z.ZodError, whole: string, value: unknown): string {
  const faults = error.issues.map(({ path }) => path.join('.') || `${whole} is ${nameKind(value)}`);
  return faults.join(', ');
}

function nameKind(value: unknown): string {
  const kind = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return `${value === null ? 'null' : kind}, not an object`;
}
