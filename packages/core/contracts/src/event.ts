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

/**
 * Describes one kind of event; nothing else may spell its name. Its schemas are built when they are first asked for: a function
 * that publishes one kind of event does not build all the others at its start.
 */
export function defineEvent<const Type extends string, Data extends z.ZodType>(definition: {
  detailType: Type;
  schemaVersion: number;
  data(): Data;
}): EventContract<Type, Data> {
  const { detailType, schemaVersion } = definition;
  let data: Data | undefined;
  let detail: EventContract<Type, Data>['detailSchema'] | undefined;
  const contract: EventContract<Type, Data> = {
    detailType,
    schemaVersion,
    get dataSchema() {
      data ??= definition.data();
      return data;
    },
    get detailSchema() {
      detail ??= z.object({ metadata: eventMetadataSchema, data: contract.dataSchema });
      return detail;
    },
  };
  return contract;
}

/** An event ready to be published. */
export interface EventToPublish<Type extends string = string, Data = unknown> {
  detailType: Type;
  detail: { metadata: EventMetadata; data: Data };
}
