import { expect, it } from 'vitest';
import * as z from 'zod';
import { deadLetterAttributesSchema, replayAttributesSchema } from '../dead-letter.ts';
import { isCarried } from '../text.ts';
import { eventContracts } from './all.ts';

const schemas: [string, z.core.$ZodType][] = [
  ...Object.entries(eventContracts).map(
    ([detailType, { detailSchema }]): [string, z.core.$ZodType] => [detailType, detailSchema],
  ),
  ['a dead letter’s attributes', deadLetterAttributesSchema],
  ['a replay’s attributes', replayAttributesSchema],
];

/** Nothing that SQS does not take, in every form that some text of an event might have. */
const probes = ['\uFFFF', 'x\uFFFE', 'x\uD83D', 'x\u0000', 'Bu\u0308cher'].flatMap((text) => [
  text,
  `https://pay.example/${text}`,
  `txn_${text}`,
  `2025-11-24T00:00:00.000Z${text}`,
]);

it.each(schemas)('%s has no text that a queue does not take', (name, schema) => {
  const fields = listTexts(schema, name);
  expect(fields.length).toBeGreaterThan(2);
  const leaks = fields.filter(({ schema: field }) => probes.some((probe) => passes(field, probe)));
  expect(leaks.map(({ path }) => path)).toEqual([]);
});

it('finds a text without the check, wherever it stands', () => {
  const unchecked = z.object({
    list: z.array(z.object({ field: z.string().min(1).optional() })),
    map: z.record(z.string(), z.int()),
    either: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), of: z.url().nullable() }),
    ]),
    other: z.looseObject({ why: z.string().default('') }),
  });
  const leaks = listTexts(unchecked, '').filter(({ schema }) =>
    probes.some((probe) => passes(schema, probe)),
  );
  expect(leaks.map(({ path }) => path)).toEqual([
    '.list[].field',
    '.map{}',
    '.either.of',
    '.other.why',
  ]);
});

/** Whether the field lets a text through that no queue carries in its one spelling. */
function passes(field: z.core.$ZodType, probe: string): boolean {
  const parsed = z.safeParse(field, probe);
  if (!parsed.success) return false;
  const text = String(parsed.data);
  return !isCarried(text) || text !== text.normalize('NFC');
}

interface Text {
  path: string;
  schema: z.core.$ZodType;
}

/** Every text of a schema, however deep. Throws on a kind of schema that it cannot look into: teach it that kind. */
function listTexts(schema: z.core.$ZodType, path: string): Text[] {
  // zod's own way to tell the kinds of schemas apart.
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  switch (def.type) {
    case 'string':
      return [{ path, schema }];
    case 'object':
      return Object.entries(def.shape).flatMap(([name, field]) =>
        listTexts(field, `${path}.${name}`),
      );
    case 'array':
      return listTexts(def.element, `${path}[]`);
    case 'record':
      return [...listTexts(def.keyType, `${path}{}`), ...listTexts(def.valueType, `${path}{}`)];
    case 'union':
      return def.options.flatMap((option) => listTexts(option, path));
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return listTexts(def.innerType, path);
    case 'literal':
    case 'enum':
    case 'number':
    case 'boolean':
      return [];
    default:
      throw new Error(`${path} is of kind ${def.type}: say here where its texts are`);
  }
}
