import * as z from 'zod';

/** A JSON Schema as plain data. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

export interface Conversion {
  /** What is sent to us (`input`: defaults may be left out) or what comes from us (`output`). */
  io: 'input' | 'output';
  dialect: 'draft-2020-12' | 'draft-7';
}

/** Where both kinds of document keep their shared schemas. */
export const refTo = (name: string) => `#/components/schemas/${name}`;

/** Named schemas as JSON Schema; where one uses another of them, it refers to it. */
export function toJsonSchemas(
  named: Readonly<Record<string, z.ZodType>>,
  { io, dialect }: Conversion,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    target: dialect,
    uri: refTo,
    override: ({ jsonSchema }) => simplify(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _place, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

/** Leaves out what says nothing to a reader, and what would forbid fields that later versions bring. */
function simplify(schema: JsonSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.propertyNames && schema.propertyNames !== true) {
    if (Object.keys(schema.propertyNames).join() === 'type') delete schema.propertyNames;
  }
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format !== undefined) delete schema.pattern;
}
