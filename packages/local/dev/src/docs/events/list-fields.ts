import type { JsonSchema } from '@cloudnestle/api-docs/to-json-schemas';

/** One line about a field, for people. */
export interface Field {
  /** From the top: `plan.solutionIds`. */
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

type Schemas = Readonly<Record<string, JsonSchema>>;
type MaybeSchema = JsonSchema | boolean | undefined;

/** Every field of an object, those inside its objects included. Of a union, each kind's fields under its own constants. */
export function listFields(schema: MaybeSchema, schemas: Schemas, prefix = ''): Field[] {
  const { properties = {}, required = [], oneOf = [] } = resolve(schema, schemas);
  const own = Object.entries(properties).flatMap(([name, property]) => {
    const found = resolve(property, schemas);
    const field = {
      name: `${prefix}${name}`,
      type: describeType(found),
      isRequired: required.includes(name),
      description: found.description ?? '',
    };
    return [field, ...listFields(found, schemas, `${prefix}${name}.`)];
  });
  return [...own, ...oneOf.flatMap((kind) => listFields(kind, schemas, prefix))];
}

/** A schema with what it refers to; its own words come before those. */
function resolve(schema: MaybeSchema, schemas: Schemas): JsonSchema {
  if (typeof schema !== 'object') return {};
  const { $ref, allOf = [], ...own } = schema;
  const named = $ref === undefined ? undefined : schemas[$ref.slice($ref.lastIndexOf('/') + 1)];
  const parts = [named, ...allOf].map((part) => resolve(part, schemas));
  return Object.assign({}, ...parts, own);
}

function describeType({
  type,
  const: constant,
  enum: values,
  format,
  oneOf,
  items,
}: JsonSchema): string {
  if (constant !== undefined) return `"${constant}"`;
  if (values) return values.map((value) => `"${value}"`).join(' or ');
  if (oneOf) return 'object, by its kind';
  if (type === 'array') {
    const inner = typeof items === 'object' && !Array.isArray(items) ? items : {};
    return `list of ${describeType(inner)}`;
  }
  return format ?? String(type ?? 'any');
}
