import { expect, it } from 'vitest';
import { billingSchema } from './billing.ts';

const company = { stateCode: '27', gstin: '27AAPFU0939F1ZV', name: 'Asha Textiles LLP' };

it('takes a State alone, and a company with everything', () => {
  expect(billingSchema.parse({ stateCode: '29' })).toEqual({ stateCode: '29' });
  const typed = { ...company, gstin: ' 27aapfu0939f1zv', address: '4 Hill Road,\n Mumbai 400050 ' };
  expect(billingSchema.parse(typed)).toEqual({
    ...company,
    address: '4 Hill Road, Mumbai 400050',
  });
});

it.each([
  [{}, ['stateCode']],
  [{ stateCode: '28' }, ['stateCode']],
  // Abroad: an export, which has rules of its own.
  [{ stateCode: '96' }, ['stateCode']],
  [{ ...company, gstin: '27AAPFU0939F1ZX' }, ['gstin']],
  [{ ...company, stateCode: '29' }, ['stateCode']],
  [{ ...company, name: undefined }, ['name']],
  [{ ...company, name: ' ' }, ['name']],
  [{ stateCode: '29', name: 'x'.repeat(121) }, ['name']],
  [{ stateCode: '29', address: 'a\u0000b' }, ['address']],
])('refuses %j at the field that is wrong', (billing, path) => {
  expect(billingSchema.safeParse(billing).error?.issues.map((issue) => issue.path)).toEqual([path]);
});
