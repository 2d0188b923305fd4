import type { TableDefinition } from '../types.ts';
import type { Problem } from './problem.ts';

/** A key attribute and its type as DynamoDB calls it: `S`, `N`, `B`. */
export interface SeenKey {
  name: string;
  type: string | undefined;
}

export interface SeenKeys {
  partitionKey: SeenKey | undefined;
  sortKey: SeenKey | undefined;
}

/** A table as it was found, in DynamoDB or in what a deployment would create. */
export interface SeenTable extends SeenKeys {
  indexes: readonly SeenIndex[];
}

export interface SeenIndex extends SeenKeys {
  name: string;
  /** What it holds of an item, as DynamoDB calls it: `ALL`, `KEYS_ONLY`, `INCLUDE`. */
  projection: string | undefined;
}

/** Its words have no subject: it is the table, or the index that is named here. */
export interface TableProblem extends Problem<'keys' | 'no index' | 'projection'> {
  index: string | undefined;
}

/**
 * What is wrong with a table's keys and with the indexes that it should have, their names being this stage's own. More
 * indexes than that harm nothing.
 */
export function judgeTable(
  seen: SeenTable,
  wanted: Pick<TableDefinition, 'partitionKey' | 'sortKey' | 'indexes'>,
): TableProblem[] {
  return [
    ...findWrongKeys(undefined, seen, wanted),
    ...wanted.indexes.flatMap((index) => judgeIndex(seen, index)),
  ];
}

function judgeIndex(
  { indexes }: SeenTable,
  wanted: TableDefinition['indexes'][number],
): TableProblem[] {
  const found = indexes.find(({ name }) => name === wanted.name);
  if (!found) {
    const words = `has no index ${wanted.name} on ${describeWantedKeys(wanted)}`;
    return [{ fact: 'no index', index: undefined, words }];
  }
  return [...findWrongKeys(wanted.name, found, wanted), ...findWrongProjection(wanted.name, found)];
}

/** What reads an index reads whole items from it. */
function findWrongProjection(index: string, { projection }: SeenIndex): TableProblem[] {
  if (projection === 'ALL') return [];
  const words = `holds ${projection ?? 'an unknown part'} of an item; should hold ALL`;
  return [{ fact: 'projection', index, words }];
}

function findWrongKeys(
  index: string | undefined,
  seen: SeenKeys,
  wanted: { partitionKey: string; sortKey?: string },
): TableProblem[] {
  const keys = describeKeys(seen);
  const should = describeWantedKeys(wanted);
  return keys === should
    ? []
    : [{ fact: 'keys', index, words: `is keyed by ${keys}; should be ${should}` }];
}

const STRING = 'S';

/** Keys in words: `pk, sk`; with their type where that is none that our keys have, which are strings throughout. */
export function describeKeys({ partitionKey, sortKey }: SeenKeys): string {
  const spell = ({ name, type }: SeenKey) => (type === STRING ? name : `${name} (${type})`);
  return [
    partitionKey ? spell(partitionKey) : 'nothing',
    ...(sortKey ? [spell(sortKey)] : []),
  ].join(', ');
}

/** The keys that the topology wants, in the same words. */
export function describeWantedKeys(keys: { partitionKey: string; sortKey?: string }): string {
  return [keys.partitionKey, ...(keys.sortKey === undefined ? [] : [keys.sortKey])].join(', ');
}

/** Whether a table can be set back to any moment of the last weeks. Off is wrong only where it is about real money. */
export function judgeBackups(
  isPointInTimeRecoveryOn: boolean,
  { isProduction }: { isProduction: boolean },
): Problem<'backups'>[] {
  return isPointInTimeRecoveryOn || !isProduction
    ? []
    : [{ fact: 'backups', words: 'point-in-time recovery is off; should be on' }];
}
