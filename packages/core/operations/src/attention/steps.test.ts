import { readAttention } from '@cloudnestle/payments/attention/attention';
import { expect, it } from 'vitest';
import { takeSteps, tierSteps } from './steps.ts';

const first = new Date('2025-11-23T09:15:00.000Z');
const later = new Date('2025-11-24T09:15:00.000Z');
type Row = Record<string, unknown>;

const look = (row: Row, tiers: string[], now: Date): Row => {
  return { ...row, ...takeSteps(row, tierSteps(tiers, now)) };
};
const reasons = (row: Row) => readAttention(row).map(({ reason, since }) => [reason, since]);
const seen = look({ transactionId: 'txn_a' }, ['enterprise'], first);

it('stands since it was first seen, however often it is', () => {
  expect(reasons(look(seen, ['enterprise'], later))).toEqual([
    ['UNKNOWN_TIER', first.toISOString()],
  ]);
});

it('ends once the catalogue knows the tier, or the buyer holds another', () => {
  expect(reasons(look(seen, [], later))).toEqual([]);
});

it('asks again for another unknown tier', () => {
  expect(reasons(look(seen, ['campus'], later))).toEqual([['UNKNOWN_TIER', later.toISOString()]]);
});

it('keeps a row readable whatever name somebody has written', () => {
  const [attention] = readAttention(look({}, ['x'.repeat(100_000)], first));
  expect(attention?.detail?.length).toBeLessThan(200);
});
