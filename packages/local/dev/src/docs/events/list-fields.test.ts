import { expect, it } from 'vitest';
import { listFields } from './list-fields.ts';

const schemas = {
  Money: { type: 'integer' as const, description: 'Whole paisa.' },
  Kind: {
    oneOf: [
      {
        type: 'object' as const,
        properties: { mode: { const: 'UPI' }, vpa: { type: 'string' as const } },
      },
      { type: 'object' as const, properties: { mode: { const: 'CARD' } } },
    ],
  },
};

it('lists fields of fields, what they refer to, and each kind of a union', () => {
  const fields = listFields(
    {
      type: 'object',
      required: ['price', 'plan'],
      properties: {
        price: { description: 'What it costs.', allOf: [{ $ref: '#/components/schemas/Money' }] },
        plan: {
          type: 'object',
          properties: { names: { type: 'array', items: { type: 'string' } } },
        },
        how: { $ref: '#/components/schemas/Kind' },
        period: { enum: ['ONCE', 'MONTHLY'] },
      },
    },
    schemas,
  );
  expect(fields.map(({ name, type }) => [name, type])).toEqual([
    ['price', 'integer'],
    ['plan', 'object'],
    ['plan.names', 'list of string'],
    ['how', 'object, by its kind'],
    ['how.mode', '"UPI"'],
    ['how.vpa', 'string'],
    ['how.mode', '"CARD"'],
    ['period', '"ONCE" or "MONTHLY"'],
  ]);
  expect(fields[0]).toMatchObject({ isRequired: true, description: 'What it costs.' });
  expect(fields[3]).toMatchObject({ isRequired: false });
});
