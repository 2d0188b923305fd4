import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from './aws-errors.ts';
import { RetryLaterError } from './errors.ts';
import { type ReadItem, readOneByOne } from './read-item.ts';

type Item = Record<string, unknown>;

/** What a merge wants written. */
export interface ItemChange {
  /**
   * Attribute, or `{attribute}.{key}` of a map (`usage.daily_usage`), to its new value. All that follows the first dot is
   * the one key, dots included: ids of others may have some. Undefined values are left out.
   */
  set: Record<string, unknown>;
  /** Attributes, or `{attribute}.{key}` of a map that is there. */
  remove?: readonly string[];
  /**
   * Top-level attributes the decision was based on. The write only happens while they are as they were read: scalars by
   * value, maps by being there or not (emulators compare the contents of maps wrongly). So a merge that replaces a
   * whole map names a scalar that changes with it; one that adds an entry (`history.evt_1`) names its path, which may
   * only be named where it is absent, and then must still be absent.
   */
  basedOn: readonly string[];
}

export type MergeResult =
  | { kind: 'missing' }
  /** The item was as the merge wants it. */
  | { kind: 'unchanged'; item: Item }
  /** It is now: by this call, or by another one that wrote the same while this one was at work. */
  | { kind: 'updated'; item: Item };

/** The table of an item, and how it is first read; by default for itself. */
export interface MergeDependencies {
  dynamo: DynamoDBDocumentClient;
  table: string;
  read?: ReadItem;
}

const ROUNDS = 6;

/**
 * Brings one existing item to the state a pure merge wants: consistent read, decide, conditional write, and once more
 * where another writer was faster. A missing item stays missing. A merge that is idempotent and commutative makes
 * any number of deliveries in any order end in the same state.
 */
export async function mergeItem(
  deps: MergeDependencies,
  key: Record<string, string>,
  merge: (current: Item) => ItemChange | undefined,
): Promise<MergeResult> {
  const { table } = deps;
  const readAnew = readOneByOne(deps.dynamo);
  for (let round = 1; round <= ROUNDS; round += 1) {
    // What others of the batch want is read along. A writer that lost reads just what it lost.
    const read = round === 1 ? (deps.read ?? readAnew) : readAnew;
    const current = await read({ table, key });
    if (!current) return { kind: 'missing' };
    const change = merge(current);
    // After a lost answer the repeated write finds its own work: a caller that counts must rather do so twice than never.
    if (!change) return { kind: round === 1 ? 'unchanged' : 'updated', item: current };
    const updated = await write(deps, key, current, change);
    if (updated) return { kind: 'updated', item: updated };
  }
  throw new RetryLaterError(`an item of ${deps.table} kept changing under ${ROUNDS} tries`);
}

/** Undefined where the condition failed: read again. Also after a lost answer, when the SDK repeated a write that stood. */
async function write(
  deps: { dynamo: DynamoDBDocumentClient; table: string },
  key: Record<string, string>,
  current: Item,
  change: ItemChange,
): Promise<Item | undefined> {
  const answer = await ifConditionHolds(
    deps.dynamo.send(
      new UpdateCommand({
        TableName: deps.table,
        Key: key,
        ...buildUpdate(key, current, change),
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return answer && (answer.Attributes ?? current);
}

/** The update's expressions, with every name and value aliased. */
export function buildUpdate(key: Record<string, string>, current: Item, change: ItemChange) {
  const names = new Map<string, string>();
  const values = new Map<string, unknown>();
  const aliasName = (name: string) => {
    const alias = names.get(name) ?? `#n${names.size}`;
    names.set(name, alias);
    return alias;
  };
  const aliasPath = (path: string) => splitPath(path).map(aliasName).join('.');
  const aliasValue = (value: unknown) => {
    const alias = `:v${values.size}`;
    values.set(alias, value);
    return alias;
  };
  const sets = Object.entries(change.set)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => `${aliasPath(path)} = ${aliasValue(value)}`);
  const removes = (change.remove ?? []).map(aliasPath);
  const conditions = [
    ...Object.keys(key).map((name) => `attribute_exists(${aliasPath(name)})`),
    ...change.basedOn.map((name) => {
      const value = current[name];
      if (value === undefined) return `attribute_not_exists(${aliasPath(name)})`;
      if (typeof value === 'object') return `attribute_exists(${aliasPath(name)})`;
      return `${aliasPath(name)} = ${aliasValue(value)}`;
    }),
  ];
  return {
    UpdateExpression: [
      sets.length > 0 ? `SET ${sets.join(', ')}` : '',
      removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
    ]
      .filter(Boolean)
      .join(' '),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(
      [...names].map(([name, alias]): [string, string] => [alias, name]),
    ),
    ...(values.size > 0 ? { ExpressionAttributeValues: Object.fromEntries(values) } : {}),
  };
}

/** `{attribute}` or `{attribute}.{key}`: what follows the first dot is one key, dots included. */
export function splitPath(path: string): string[] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** The state a merge wants an item in. */
interface WantedState {
  /** Top-level attributes; undefined: the attribute is not to be there. */
  attributes: Readonly<Record<string, unknown>>;
  /** Whole maps, or paths into maps (`usage.daily_usage`), that are written in any case. */
  maps?: Readonly<Record<string, unknown>>;
  /** Paths into maps that are taken out in any case. */
  gone?: readonly string[];
  /** What a real change brings with it: the time of the update. No reason to write by itself. */
  stamps: Readonly<Record<string, string>>;
  /** What the decision depends on besides `attributes`. */
  basedOn?: readonly string[];
}

/**
 * The change that brings an item to the wanted state, or undefined where it is there already: a repeated delivery
 * writes nothing. The write only stands while every wanted attribute is as it was read.
 */
export function buildChange(
  current: Readonly<Record<string, unknown>>,
  wanted: WantedState,
): ItemChange | undefined {
  const { attributes, maps = {}, gone = [], stamps, basedOn = [] } = wanted;
  const differing = Object.entries(attributes).filter(([name, value]) => current[name] !== value);
  if (differing.length === 0 && Object.keys(maps).length === 0 && gone.length === 0) {
    return undefined;
  }
  const isGone = ([, value]: [string, unknown]) => value === undefined;
  return {
    set: {
      ...Object.fromEntries(differing.filter((each) => !isGone(each))),
      ...maps,
      ...stamps,
    },
    remove: [...differing.filter(isGone).map(([name]) => name), ...gone],
    basedOn: [...new Set([...Object.keys(attributes), ...basedOn])],
  };
}
