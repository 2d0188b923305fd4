import { statesOfBuyers } from '@cloudnestle/contracts/india/states';
import { expect, it } from 'vitest';
import { emptyForm, findFaults, toBilling, withGstin } from './billing-form.ts';
import { states } from './states.ts';

const karnataka = { ...emptyForm, stateCode: '29' };
const company = { ...karnataka, isCompany: true, gstin: '29abcde1234f1z5 ', name: ' Nest & Co ' };

it('a buyer says their State, and a company its GSTIN and name', () => {
  expect(Object.keys(findFaults(emptyForm))).toEqual(['stateCode']);
  expect(findFaults(karnataka)).toEqual({});
  expect(Object.keys(findFaults({ ...karnataka, isCompany: true }))).toEqual(['gstin', 'name']);
  expect(findFaults(company)).toEqual({});
  expect(findFaults({ ...company, stateCode: '27' }).gstin).toContain('Karnataka');
  expect(findFaults({ ...company, gstin: '29ABC' }).gstin).toContain('15 letters');
});

it('what is sent is what an invoice needs, spelled as the API has it', () => {
  expect(toBilling({ ...karnataka, gstin: 'typed, then switched off' })).toEqual({
    stateCode: '29',
  });
  expect(toBilling({ ...company, address: '1 MG Road' })).toEqual({
    stateCode: '29',
    name: 'Nest & Co',
    gstin: '29ABCDE1234F1Z5',
    address: '1 MG Road',
  });
});

it('a GSTIN chooses its State, and never another one than the buyer’s', () => {
  expect(withGstin(emptyForm, '27AB').stateCode).toBe('27');
  expect(withGstin(karnataka, '27AB').stateCode).toBe('29');
  expect(withGstin(emptyForm, '77').stateCode).toBe('');
});

it('every State that the API takes is offered, by the same code, and no other', () => {
  expect(new Map(states)).toEqual(
    new Map(statesOfBuyers.map(({ code, name }) => [String(code), name])),
  );
});
