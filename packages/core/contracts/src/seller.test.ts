import { expect, it } from 'vitest';
import { sellerConfigSchema } from './seller.ts';

const unregistered = { legalName: 'CloudNestle', address: 'Bengaluru', stateCode: '29' };
const registered = { ...unregistered, gstin: '29AAGCB7383J1Z4', sac: { standard: '998439' } };

it('takes a seller with a GSTIN, and one without', () => {
  expect(sellerConfigSchema.safeParse(unregistered).success).toBe(true);
  expect(sellerConfigSchema.parse(registered)).toMatchObject({
    sac: { plans: {} },
    seriesPrefix: '',
  });
});

it.each([
  [{ ...registered, gstin: '29AAGCB7383J1Z5' }, ['gstin']],
  [{ ...registered, stateCode: '27' }, ['stateCode']],
  [{ ...registered, sac: undefined }, ['sac']],
  [{ ...registered, sac: { standard: '123456' } }, ['sac', 'standard']],
  [{ ...registered, seriesPrefix: 'TEST' }, ['seriesPrefix']],
  [{ ...unregistered, legalName: '' }, ['legalName']],
])('refuses %j at the field that is wrong', (seller, path) => {
  expect(sellerConfigSchema.safeParse(seller).error?.issues.map((each) => each.path)).toEqual([
    path,
  ]);
});
