import fc from 'fast-check';
import {
  anyAttributes,
  anyCondition,
  anyPath,
  anyText,
  anyUpdate,
  anyValue,
} from './any-expression.ts';
import { type Condition, createWriter, type Path, type Update } from './expressions.ts';

/** A command of the document client by name, with its input. */
export interface Call {
  name: string;
  input: Record<string, unknown>;
  /** What its expressions say, for whoever must tell whether emulator and AWS agree on them. */
  said: { conditions: Condition[]; update?: Update; projection?: readonly Path[] };
}

/** A table of the topology with keys and an index to generate for. */
export interface Target {
  table: string;
  partitionKey: string;
  sortKey?: string;
  index: { name: string; partitionKey: string; sortKey?: string };
}

const anyTime = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-03T00:00');
const anyPart = fc.constantFrom('one', 'two', 'three');

/** Sometimes something else than it must be. */
function mostly<T>(arbitrary: fc.Arbitrary<T>, other: fc.Arbitrary<unknown> = anyValue) {
  return fc.oneof(
    { weight: 30, arbitrary: arbitrary as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: other },
  );
}

const reserved = new Set(['count', 'status', 'token']);

/** Which names are written by an alias: those that must be nearly always are. */
const anyAliased = fc
  .tuple(fc.boolean(), fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, fc.constant(false)))
  .map(
    ([isUsual, isCareful]) =>
      (name: string) =>
        reserved.has(name) ? isCareful : isUsual,
  );

/** Stands before every partition in what is generated; each run puts its own in its place, so that no two meet. */
export const RUN = '~run~';

/** The call with the run's own partitions. */
export function callOfRun(call: Call, run: string): Call {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith(RUN) ? value.replace(RUN, run) : value;
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null || value instanceof Set) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each)]));
  };
  return {
    ...call,
    input: Object.fromEntries(
      Object.entries(call.input).map(([name, value]) => [name, replace(value)]),
    ),
  };
}

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

function anyQuery(target: Target): fc.Arbitrary<Call> {
  const anySide = fc.boolean().map((isIndex) =>
    isIndex
      ? { ...target.index, partitions: ['i1', 'i2'], sorts: anyTime, isIndex }
      : {
          partitionKey: target.partitionKey,
          ...(target.sortKey ? { sortKey: target.sortKey } : {}),
          partitions: ['one', 'two', 'three'],
          sorts: anyPart,
          isIndex,
        },
  );
  return anySide.chain((side) =>
    fc
      .record({
        partition: mostly(fc.constantFrom(...side.partitions).map((each) => `${RUN}${each}`)),
        sort: fc.option(
          fc.record({
            operator: fc.constantFrom('=', '<', '<=', '>', '>=', 'BETWEEN', 'begins_with', '<>'),
            low: mostly(side.sorts),
            high: side.sorts,
          }),
        ),
        filter: fc.option(anyCondition, { nil: undefined }),
        isForward: fc.option(fc.boolean()),
        isAliased: anyAliased,
        isCount: fc.boolean(),
        text: anyText,
      })
      .map(({ partition, sort, filter, isForward, isAliased, isCount }): Call => {
        const writer = createWriter(isAliased);
        const equals: Condition = {
          kind: 'compare',
          operator: '=',
          left: { kind: 'path', path: [side.partitionKey] },
          right: { kind: 'value', value: partition },
        };
        const KeyConditionExpression = [
          writer.condition(equals),
          ...(sort && side.sortKey ? [writeSort(writer, side.sortKey, sort)] : []),
        ].join(' AND ');
        const FilterExpression = filter && writer.condition(filter);
        return {
          name: 'QueryCommand',
          input: {
            TableName: target.table,
            ...(side.isIndex ? { IndexName: target.index.name } : { ConsistentRead: true }),
            KeyConditionExpression,
            ...(FilterExpression ? { FilterExpression } : {}),
            ...(isForward === null ? {} : { ScanIndexForward: isForward }),
            ...(isCount ? { Select: 'COUNT' } : {}),
            ...writer.aliases(),
          },
          said: { conditions: filter ? [filter] : [] },
        };
      }),
  );
}

function writeSort(
  writer: ReturnType<typeof createWriter>,
  name: string,
  { operator, low, high }: { operator: string; low: unknown; high: unknown },
): string {
  const left = { kind: 'path' as const, path: [name] as const };
  const right = { kind: 'value' as const, value: low };
  if (operator === 'begins_with') {
    return writer.condition({ kind: 'call', name: operator, path: [name], operand: right });
  }
  if (operator !== 'BETWEEN') return writer.condition({ kind: 'compare', operator, left, right });
  return writer.condition({
    kind: 'between',
    of: left,
    low: right,
    high: { kind: 'value', value: high },
  });
}
