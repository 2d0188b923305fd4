import * as z from 'zod';
import { type EventMetadata, eventMetadataSchema } from './event-metadata.ts';

/** The `source` of every event on the bus. */
export const EVENT_SOURCE = 'marketplace.payments';

/** One kind of event: its detail type, the shape of `{ metadata, data }`, and the current version. */
export interface EventContract<Type extends string, Data extends z.ZodType> {
  readonly detailType: Type;
  readonly schemaVersion: number;
  readonly dataSchema: Data;
  readonly detailSchema: z.ZodObject<{ metadata: typeof eventMetadataSchema; data: Data }>;
}

/** Describes one kind of event; nothing else may spell its name. */
export function defineEvent<const Type extends string, Data extends z.ZodType>(definition: {
  detailType: Type;
  schemaVersion: number;
  data: Data;
}): EventContract<Type, Data> {
  return {
    detailType: definition.detailType,
    schemaVersion: definition.schemaVersion,
    dataSchema: definition.data,
    detailSchema: z.object({ metadata: eventMetadataSchema, data: definition.data }),
  };
}

/** An event ready to be published. */
export interface EventToPublish<Type extends string = string, Data = unknown> {
  detailType: Type;
  detail: { metadata: EventMetadata; data: Data };
}
