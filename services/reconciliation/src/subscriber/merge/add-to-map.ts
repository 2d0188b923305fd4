type Item = Readonly<Record<string, unknown>>;

/** A map attribute of an item, or undefined where there is none or something else stands in its place. */
export function readMap(item: Item, name: string): Item | undefined {
  const value = item[name];
  return isMap(value) ? value : undefined;
}

/**
 * What must be written so that a map attribute has this entry; an entry that is there stays as it is. A missing map is
 * made whole: DynamoDB refuses to set a map and a path into it in one expression.
 */
export function addToMap(
  item: Item,
  name: string,
  key: string,
  value: unknown,
): { maps: Record<string, unknown>; basedOn: string[] } {
  const map = readMap(item, name);
  if (!map) return { maps: { [name]: { [key]: value } }, basedOn: [name] };
  if (Object.hasOwn(map, key)) return { maps: {}, basedOn: [] };
  // The path itself stands in the condition, as absent: a concurrent write of the same entry is not overwritten.
  return { maps: { [`${name}.${key}`]: value }, basedOn: [name, `${name}.${key}`] };
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
