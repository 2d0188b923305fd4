import { type Item, isList, isMap, memberOf, type Value } from './values.ts';

/** A document path with every name as it is in the item: `['history', 'evt_1', 'at']`. */
export type Path = readonly (string | number)[];

/** The names of one call by their aliases: `{ '#status': 'status' }`. */
export type Names = Readonly<Record<string, string>>;

/** A path of an expression. Where it has aliases, each call gives them their names. */
export type PathOf = (names: Names) => Path;

/** Stands before an alias in a parsed tree, where no attribute name of ours can have it. */
const ALIAS_MARK = '\u0000';

/** What the parser is given for the names, so that one parsed tree serves every call with the same aliases. */
export function markAliases(names: Names): Record<string, string> {
  return Object.fromEntries(Object.keys(names).map((alias) => [alias, `${ALIAS_MARK}${alias}`]));
}

export function compilePath(path: Path): PathOf {
  if (!path.some(isMarked)) return () => path;
  return (names) => path.map((part) => (typeof part === 'string' ? nameOf(part, names) : part));
}

/** The name that a part of a parsed tree stands for. */
export function nameOf(part: string, names: Names): string {
  return isMarked(part) ? (names[part.slice(ALIAS_MARK.length)] ?? '') : part;
}

function isMarked(part: string | number): boolean {
  return typeof part === 'string' && part.startsWith(ALIAS_MARK);
}

/** What the item has at that path, if anything. */
export function readPath(item: Item, path: Path): Value | undefined {
  let value: Value | undefined = item;
  for (const part of path) {
    if (typeof part === 'number') value = isList(value) ? value[part] : undefined;
    else value = isMap(value) ? memberOf(value, part) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Whether one of two paths is the other or lies within it. */
export function doOverlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** Two of the paths that overlap, or take one place for both a list and a map. */
export function findOverlap(paths: readonly Path[]): [Path, Path] | undefined {
  for (let at = 1; at < paths.length; at += 1) {
    const path = paths[at];
    if (!path) continue;
    const other = paths
      .slice(0, at)
      .find((each) => doOverlap(each, path) || doConflict(each, path));
    if (other) return [other, path];
  }
  return undefined;
}

function doConflict(a: Path, b: Path): boolean {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && at < b.length && typeof a[at] !== typeof b[at];
}

/** Only what lies at these paths. List elements that are left out close up, as in DynamoDB's projections. */
export function project(item: Item, paths: readonly Path[]): Item {
  const kept = prune(item, paths);
  return isMap(kept) ? kept : {};
}

function prune(value: Value, paths: readonly Path[]): Value | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  if (isList(value)) {
    const kept = value.flatMap((member, at) => {
      const inside = within(paths, at);
      const left = inside.length > 0 ? prune(member, inside) : undefined;
      return left === undefined ? [] : [left];
    });
    return kept.length > 0 ? kept : undefined;
  }
  if (!isMap(value)) return undefined;
  const kept: Record<string, Value> = {};
  for (const [name] of paths) {
    if (typeof name !== 'string' || name in kept) continue;
    const member = memberOf(value, name);
    const left = member === undefined ? undefined : prune(member, within(paths, name));
    if (left !== undefined) kept[name] = left;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function within(paths: readonly Path[], part: string | number): Path[] {
  return paths.filter(([first]) => first === part).map((path) => path.slice(1));
}
