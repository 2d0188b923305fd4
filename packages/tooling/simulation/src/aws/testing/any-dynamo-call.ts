import fc from 'fast-check';
import { anyCondition } from './any-condition.ts';
import { anyAliased, anyPart, anyTime, mostly } from './any-key.ts';
import { anyQuery } from './any-query.ts';
import { anyUpdate } from './any-update.ts';
import { anyAttributes, anyPath } from './any-value.ts';
import { type Call, RUN, type Target } from './call.ts';
import { type Condition, createWriter, type Update } from './expressions.ts';

/** Any call to a table. */
export function anyDynamoCall(target: Target): fc.Arbitrary<Call> {
  const partition = anyPart.map((part) => `${RUN}${part}`);
  const anyKey: fc.Arbitrary<Record<string, unknown>> = fc.record({
    [target.partitionKey]: mostly(partition),
    ...(target.sortKey ? { [target.sortKey]: mostly(anyPart) } : {}),
  });
  const { index } = target;
  const anyIndexKeys = fc.record(
    {
      [index.partitionKey]: mostly(fc.constantFrom(`${RUN}i1`, `${RUN}i2`)),
      ...(index.sortKey ? { [index.sortKey]: mostly(anyTime) } : {}),
    },
    { requiredKeys: [] },
  );
  const conditional = fc.record({
    condition: fc.option(anyCondition, { nil: undefined, freq: 2 }),
    isAliased: anyAliased,
    spoilt: fc.oneof(
      { weight: 30, arbitrary: fc.constant('no' as const) },
      { weight: 1, arbitrary: fc.constantFrom('name' as const, 'value' as const) },
    ),
  });
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(anyKey, fc.option(fc.array(anyPath, { minLength: 1, maxLength: 3 })), anyAliased)
        .map(([Key, paths, isAliased]): Call => {
          const writer = createWriter(isAliased);
          const ProjectionExpression = paths?.map(writer.path).join(', ');
          return {
            name: 'GetCommand',
            input: {
              TableName: target.table,
              Key,
              ConsistentRead: true,
              ...(ProjectionExpression === undefined ? {} : { ProjectionExpression }),
              ...writer.aliases(),
            },
            said: { conditions: [], ...(paths ? { projection: paths } : {}) },
          };
        }),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(anyKey, anyAttributes, anyIndexKeys, conditional, anyReturn('NONE', 'ALL_OLD'))
        .map(([key, attributes, indexKeys, condition, returned]): Call => {
          const Item = { ...attributes, ...indexKeys, ...key };
          return buildWrite({ ...condition, name: 'PutCommand' }, target, { Item, ...returned });
        }),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(anyKey, conditional, anyReturn('NONE', 'ALL_OLD'))
        .map(
          ([Key, condition, returned]): Call =>
            buildWrite({ ...condition, name: 'DeleteCommand' }, target, { Key, ...returned }),
        ),
    },
    {
      weight: 12,
      arbitrary: fc
        .tuple(
          anyKey,
          fc.option(anyUpdate, { freq: 30 }),
          anyIndexKeys,
          conditional,
          anyReturn('NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'),
        )
        .map(([Key, update, indexKeys, condition, returned]): Call => {
          const moves = Object.entries(indexKeys).map(([name, value]) => ({
            path: [name] as const,
            value: { kind: 'value' as const, value },
          }));
          const whole = update && { ...update, set: [...update.set, ...moves] };
          return buildWrite(
            { ...condition, name: 'UpdateCommand', ...(whole ? { update: whole } : {}) },
            target,
            { Key, ...returned },
          );
        }),
    },
    { weight: 3, arbitrary: anyQuery(target) },
    {
      weight: 1,
      arbitrary: fc.array(anyKey, { minLength: 1, maxLength: 3 }).map((Keys) => ({
        name: 'BatchGetCommand',
        input: { RequestItems: { [target.table]: { Keys, ConsistentRead: true } } },
        said: { conditions: [] },
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.oneof(
            fc
              .tuple(anyKey, anyAttributes)
              .map(([key, attributes]) => ({ PutRequest: { Item: { ...attributes, ...key } } })),
            anyKey.map((Key) => ({ DeleteRequest: { Key } })),
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((writes) => ({
          name: 'BatchWriteCommand',
          input: { RequestItems: { [target.table]: writes } },
          said: { conditions: [] },
        })),
    },
  );
}

function anyReturn(...values: string[]) {
  return fc
    .option(fc.constantFrom(...values))
    .map((ReturnValues) => (ReturnValues === null ? {} : { ReturnValues }));
}

/** A write with what is said of it written down as expressions. */
export function buildWrite(
  call: {
    name: string;
    condition: Condition | undefined;
    update?: Update;
    isAliased: (name: string) => boolean;
    spoilt: 'no' | 'name' | 'value';
  },
  { table }: Target,
  input: Record<string, unknown>,
): Call {
  const writer = createWriter(call.isAliased);
  const UpdateExpression = call.update && writer.update(call.update);
  const ConditionExpression = call.condition && writer.condition(call.condition);
  // An alias that stands for nothing, or one that the expression does not use.
  if (call.spoilt === 'name') writer.names['#spoilt'] = 'spoilt';
  if (call.spoilt === 'value') delete writer.values[':v0'];
  return {
    name: call.name,
    input: {
      TableName: table,
      ...input,
      ...(UpdateExpression ? { UpdateExpression } : {}),
      ...(ConditionExpression ? { ConditionExpression } : {}),
      ...writer.aliases(),
    },
    said: {
      conditions: call.condition ? [call.condition] : [],
      ...(call.update ? { update: call.update } : {}),
    },
  };
}
