import type { LocalRun } from '@cloudnestle/dev/start';
import * as z from 'zod';
import type { OldTables } from './old-tables.ts';

type Cloud = NonNullable<LocalRun['cloud']>;
type Intercept = NonNullable<Parameters<Cloud['intercept']>[0]>;

/** The call as DynamoDB takes it: one new index, every key a string. */
const creationSchema = z.strictObject({
  TableName: z.string(),
  AttributeDefinitions: z
    .array(z.strictObject({ AttributeName: z.string(), AttributeType: z.literal('S') }))
    .min(1),
  GlobalSecondaryIndexUpdates: z.tuple([
    z.strictObject({
      Create: z.strictObject({
        IndexName: z.string(),
        KeySchema: z.array(
          z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
        ),
        Projection: z.strictObject({ ProjectionType: z.literal('ALL') }),
      }),
    }),
  ]),
});

/** Does what the embedded DynamoDB cannot: makes the index that is asked for, by writing the table anew. */
export function makeIndexesOn(old: OldTables): Intercept {
  return async ({ service, operation, body }) => {
    if (service !== 'dynamodb' || operation !== 'UpdateTable') return undefined;
    const { TableName, GlobalSecondaryIndexUpdates } = creationSchema.parse(body);
    const [{ Create }] = GlobalSecondaryIndexUpdates;
    const { GlobalSecondaryIndexes = [] } = await old.describe(TableName);
    await old.rebuild(TableName, { indexes: [...GlobalSecondaryIndexes, Create] });
    // An answer that says nothing: whoever asked has to look.
    return { when: 'before', status: 200, errorType: 'Done' };
  };
}
