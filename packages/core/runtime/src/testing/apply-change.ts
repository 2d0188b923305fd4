import { type ItemChange, splitPath } from '../merge-item.ts';

type Item = Record<string, unknown>;

/**
 * What a merge's change makes of an item, without a table: for tests of pure merges. Undefined changes nothing. Throws
 * where DynamoDB would refuse the path.
 */
export function applyChange(item: Item, change: ItemChange | undefined): Item {
  const next = structuredClone(item);
  for (const [path, value] of Object.entries(change?.set ?? {})) {
    if (value !== undefined) setPath(next, splitPath(path), structuredClone(value));
  }
  for (const path of change?.remove ?? []) removePath(next, splitPath(path));
  return next;
}

function setPath(target: Item, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const parent = target[name];
  if (!isItem(parent)) throw new Error(`no map "${name}" to write into`);
  setPath(parent, rest, value);
}

function removePath(target: Item, [name = '', ...rest]: string[]): void {
  if (rest.length === 0) {
    delete target[name];
    return;
  }
  const parent = target[name];
  if (!isItem(parent)) throw new Error(`no map "${name}" to remove from`);
  removePath(parent, rest);
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
