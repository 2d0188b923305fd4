import fc from 'fast-check';
import { anyCondition } from './any-condition.ts';
import { anyAliased, anyPart, anyTime, mostly } from './any-key.ts';
import { type Call, RUN, type Target } from './call.ts';
import { type Condition, createWriter, type Writer } from './expressions.ts';

/** Any query of a table or of its index. */
export function anyQuery(target: Target): fc.Arbitrary<Call> {
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
  writer: Writer,
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
