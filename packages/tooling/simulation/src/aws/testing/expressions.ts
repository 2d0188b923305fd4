/** A document path. Heads and names that are not plain words are always written by an alias. */
export type Path = readonly [string, ...(string | number)[]];

export type Operand =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; value: unknown }
  | { kind: 'size'; path: Path };

export type Condition =
  | { kind: 'compare'; operator: string; left: Operand; right: Operand }
  | { kind: 'between'; of: Operand; low: Operand; high: Operand }
  | { kind: 'in'; of: Operand; list: readonly Operand[] }
  | { kind: 'call'; name: string; path: Path; operand?: Operand }
  | { kind: 'not'; of: Condition }
  | { kind: 'and'; left: Condition; right: Condition }
  | { kind: 'or'; left: Condition; right: Condition };

export type NewValue =
  | Operand
  | { kind: 'sum'; operator: '+' | '-'; left: Operand; right: Operand }
  | { kind: 'if_not_exists'; path: Path; otherwise: Operand }
  | { kind: 'list_append'; first: Operand; second: Operand };

export interface Update {
  set: readonly { path: Path; value: NewValue }[];
  remove: readonly Path[];
  add: readonly { path: Path; value: unknown }[];
  delete: readonly { path: Path; value: unknown }[];
}

/** Collects the aliases of one call while its expressions are written down. */
export interface Writer {
  names: Record<string, string>;
  values: Record<string, unknown>;
  condition(condition: Condition): string;
  update(update: Update): string;
  path(path: Path): string;
  /** The parameters of the call that hold the aliases. */
  aliases(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
}

/** `isAliased` says which of the names that could stand as they are get an alias all the same. */
export function createWriter(isAliased: (name: string) => boolean): Writer {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const writeName = (name: string) => {
    if (/^[a-z][A-Za-z0-9]*$/.test(name) && !isAliased(name)) return name;
    const known = Object.keys(names).find((alias) => names[alias] === name);
    const alias = known ?? `#n${Object.keys(names).length}`;
    names[alias] = name;
    return alias;
  };
  const writeValue = (value: unknown) => {
    const alias = `:v${Object.keys(values).length}`;
    values[alias] = value;
    return alias;
  };
  const path = ([head, ...rest]: Path) =>
    rest.reduce<string>(
      (text, part) => text + (typeof part === 'number' ? `[${part}]` : `.${writeName(part)}`),
      writeName(head),
    );
  const operand = (of: Operand) => {
    if (of.kind === 'value') return writeValue(of.value);
    return of.kind === 'size' ? `size(${path(of.path)})` : path(of.path);
  };
  /** `not` binds more tightly than `and`, and `and` than `or`: brackets where they are needed, and never else. */
  const condition = (of: Condition, level = 0): string => {
    const bracket = (text: string, own: number) => (own < level ? `(${text})` : text);
    switch (of.kind) {
      case 'compare':
        return `${operand(of.left)} ${of.operator} ${operand(of.right)}`;
      case 'between':
        return `${operand(of.of)} BETWEEN ${operand(of.low)} AND ${operand(of.high)}`;
      case 'in':
        return `${operand(of.of)} IN (${of.list.map(operand).join(', ')})`;
      case 'call':
        return `${of.name}(${path(of.path)}${of.operand ? `, ${operand(of.operand)}` : ''})`;
      case 'not':
        return bracket(`NOT ${condition(of.of, 3)}`, 2);
      case 'and':
        return bracket(`${condition(of.left, 1)} AND ${condition(of.right, 2)}`, 1);
      default:
        return bracket(`${condition(of.left, 0)} OR ${condition(of.right, 1)}`, 0);
    }
  };
  const newValue = (of: NewValue): string => {
    switch (of.kind) {
      case 'sum':
        return `${operand(of.left)} ${of.operator} ${operand(of.right)}`;
      case 'if_not_exists':
        return `if_not_exists(${path(of.path)}, ${operand(of.otherwise)})`;
      case 'list_append':
        return `list_append(${operand(of.first)}, ${operand(of.second)})`;
      default:
        return operand(of);
    }
  };
  const section = (name: string, actions: readonly string[]) =>
    actions.length > 0 ? [`${name} ${actions.join(', ')}`] : [];
  return {
    names,
    values,
    path,
    condition,
    update: (update) =>
      [
        ...section(
          'SET',
          update.set.map(({ path: to, value }) => `${path(to)} = ${newValue(value)}`),
        ),
        ...section('REMOVE', update.remove.map(path)),
        ...section(
          'ADD',
          update.add.map((each) => `${path(each.path)} ${writeValue(each.value)}`),
        ),
        ...section(
          'DELETE',
          update.delete.map((each) => `${path(each.path)} ${writeValue(each.value)}`),
        ),
      ].join(' '),
    aliases: () => ({
      ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
    }),
  };
}
