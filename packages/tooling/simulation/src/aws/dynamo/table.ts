import type { TableDefinition } from '@cloudnestle/topology/types';
import type { World } from '../aws.ts';
import { encodeKey, type KeyRange, TableIndex } from './table-index.ts';
import type { Item } from './values.ts';

/** One state that an item was in. */
export interface Version {
  /** Undefined: there was no such item. */
  item: Item | undefined;
  /** Bytes, as DynamoDB counts them. */
  size: number;
  /** Where it stands in each listing of the table; undefined: not in that one. */
  places: readonly (string | undefined)[];
}

/** All that is known of one primary key: the versions that a reader may see, the newest last. */
interface Entry {
  versions: Version[];
}

/** Told of every write, with the stored items themselves: to be read, never changed. */
export interface Change {
  table: string;
  before: Item | undefined;
  after: Item | undefined;
}

const nothing: Version = { item: undefined, size: 0, places: [] };

/** The items of one table, with the versions that a reader who is behind may still see. */
export class Table {
  readonly definition: TableDefinition;
  readonly keyNames: readonly string[];
  /** Those of the indexes too. */
  readonly allKeyNames: ReadonlySet<string>;
  /** By name. */
  readonly indexes: ReadonlyMap<string, TableIndex<Entry>>;
  /** Items by partition and sort key, where the table has one. */
  readonly #primary: TableIndex<Entry> | undefined;
  /** That one and the indexes. */
  readonly #listings: readonly TableIndex<Entry>[];
  readonly #entries = new Map<string, Entry>();
  readonly #options: { world: World; lagMs: number; onChange?: (change: Change) => void };
  /** Writes whose earlier version may still be seen, oldest first. */
  readonly #unsettled: { key: string; entry: Entry; until: number }[] = [];

  constructor(
    definition: TableDefinition,
    options: { world: World; lagMs: number; onChange?: (change: Change) => void },
  ) {
    this.definition = definition;
    this.#options = options;
    const { partitionKey, sortKey } = definition;
    this.keyNames = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    this.#primary = sortKey === undefined ? undefined : new TableIndex(definition, []);
    this.indexes = new Map(
      definition.indexes.map((index) => [index.name, new TableIndex(index, this.keyNames)]),
    );
    this.#listings = [...(this.#primary ? [this.#primary] : []), ...this.indexes.values()];
    this.allKeyNames = new Set([
      ...this.keyNames,
      ...[...this.indexes.values()].flatMap((each) => each.keyNames),
    ]);
  }

  /** Where an item with that key stands; undefined where it has no whole key. */
  readonly keyOf = (key: Item): string | undefined => encodeKey(key, this.keyNames);

  get size(): number {
    return this.#entries.size;
  }

  /** The item as the last write left it. */
  current(key: Item): Item | undefined {
    const entry = this.#find(key);
    return entry && newestOf(entry).item;
  }

  /** The item as a reader may find it who asked for no consistency. */
  eventual(key: Item): Item | undefined {
    this.#settle();
    const entry = this.#find(key);
    return entry && this.#pick(entry, 'version-read').item;
  }

  /** Every current item. */
  *items(): Generator<Item> {
    for (const { versions } of this.#entries.values()) {
      const item = versions.at(-1)?.item;
      if (item) yield item;
    }
  }

  /** Keeps the item, of so many bytes, under its own key. */
  put(item: Item, size: number): void {
    const places = this.#listings.map((listing) => listing.keyOf(item));
    this.#write(item, { item, size, places });
  }

  delete(key: Item): void {
    this.#write(key, nothing);
  }

  /** Forgets an item and every version of it, as if it had never been. No reader, index or listener is told. */
  forget(key: Item): void {
    const entry = this.#find(key);
    if (!entry) return;
    this.#entries.delete(this.keyOf(key) ?? '');
    for (const { places } of entry.versions) {
      places.forEach((place, at) => {
        if (place !== undefined) this.#listings[at]?.remove(place);
      });
    }
    entry.versions = [nothing];
  }

  /** Versions of a range, in order: the current ones, or such as a reader may find who asked for no consistency. */
  *list(
    index: TableIndex<Entry> | undefined,
    range: KeyRange,
    options: { isForward: boolean; after: string | undefined; isConsistent: boolean },
  ): Generator<Version> {
    this.#settle();
    const source = index ?? this.#primary;
    if (!source) {
      // A table without sort keys: the range is one item.
      const entry = options.after === undefined ? this.#entries.get(range.low) : undefined;
      if (!entry) return;
      yield options.isConsistent ? newestOf(entry) : this.#pick(entry, 'version-read');
      return;
    }
    const choice = index ? 'version-in-index' : 'version-read';
    // One reader sees an item once, although two of its versions may stand at two places.
    const picked = new Map<Entry, Version>();
    const at = this.#listings.indexOf(source);
    for (const [key, entry] of source.list(range, options)) {
      let version = picked.get(entry);
      if (!version) {
        version = options.isConsistent ? newestOf(entry) : this.#pick(entry, choice);
        if (entry.versions.length > 1) picked.set(entry, version);
      }
      if (version.places[at] === key) yield version;
    }
  }

  #find(key: Item): Entry | undefined {
    return this.#entries.get(this.keyOf(key) ?? '');
  }

  #pick(entry: Entry, choice: 'version-read' | 'version-in-index'): Version {
    const { versions } = entry;
    const { length } = versions;
    if (length === 1) return newestOf(entry);
    const back = this.#options.world.choose(length, choice);
    return versions[length - 1 - back] ?? newestOf(entry);
  }

  #write(key: Item, version: Version): void {
    this.#settle();
    const encoded = this.keyOf(key) ?? '';
    const entry = this.#entries.get(encoded) ?? { versions: [nothing] };
    const before = newestOf(entry);
    if (!version.item && !before.item) return;
    this.#entries.set(encoded, entry);
    entry.versions.push(version);
    version.places.forEach((place, at) => {
      if (place !== undefined && place !== before.places[at]) this.#listings[at]?.add(place, entry);
    });
    const { world, lagMs, onChange } = this.#options;
    this.#unsettled.push({ key: encoded, entry, until: world.now() + lagMs });
    if (lagMs === 0) this.#settle();
    onChange?.({ table: this.definition.name, before: before.item, after: version.item });
  }

  /** Forgets the versions that no reader can see any more. */
  #settle(): void {
    const now = this.#options.world.now();
    for (;;) {
      const oldest = this.#unsettled[0];
      if (!oldest || oldest.until > now) return;
      this.#unsettled.shift();
      const { key, entry } = oldest;
      const { versions } = entry;
      // It was forgotten meanwhile.
      if (versions.length === 1) continue;
      const gone = versions.shift();
      if (gone) this.#unlist(gone, versions);
      const isGone = versions.length === 1 && versions[0]?.item === undefined;
      if (isGone && this.#entries.get(key) === entry) this.#entries.delete(key);
    }
  }

  /** Takes a version out of the indexes where no other one stands at its place. */
  #unlist({ places }: Version, others: readonly Version[]): void {
    places.forEach((place, at) => {
      if (place === undefined || others.some((other) => other.places[at] === place)) return;
      this.#listings[at]?.remove(place);
    });
  }
}

function newestOf({ versions }: Entry): Version {
  return versions[versions.length - 1] ?? nothing;
}
