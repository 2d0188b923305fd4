import { expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigurationError, jsonVariable, readConfig } from './config.ts';

const schema = z.object({
  TABLE: z.string().min(1),
  LIST: jsonVariable(z.array(z.string())),
});

it('reads what is well formed', () => {
  expect(readConfig(schema, { TABLE: 't', LIST: '["a"]' })).toEqual({ TABLE: 't', LIST: ['a'] });
});

it('names the variable at fault and never shows what it holds', () => {
  const start = () => readConfig(schema, { LIST: 'secret-{' });
  expect(start).toThrow(ConfigurationError);
  expect(start).toThrow(/TABLE/);
  expect(start).toThrow(/LIST/);
  expect(start).not.toThrow(/secret/);
});
