import sortedBTree from 'sorted-btree';

// Under Node the default import of this CommonJS package is its exports object, under vitest the class itself.
const BTree = typeof sortedBTree === 'function' ? sortedBTree : sortedBTree.default;

export type SortedMap<Key, Value> = InstanceType<typeof BTree<Key, Value>>;

/** A map in the order of its keys: a B+ tree, so that tens of thousands of entries cost little more than ten. */
export function createSortedMap<Key, Value>(
  compare: (a: Key, b: Key) => number,
): SortedMap<Key, Value> {
  return new BTree<Key, Value>(undefined, compare);
}
