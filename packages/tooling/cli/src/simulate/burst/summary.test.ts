import { expect, it } from 'vitest';
import type { Payment } from './make-payments.ts';
import { summarise } from './summary.ts';

const settled = (fate: Payment['fate'], afterMs = 10): Payment => ({
  fate,
  standing: { kind: 'settled', afterMs },
});
const open = (fate: Payment['fate']): Payment => ({ fate, standing: { kind: 'open' } });
const failed = (fate: Payment['fate'], reason: string): Payment => ({
  fate,
  standing: { kind: 'failed', reason },
});

it('counts by fate, with times from paying to Pro', () => {
  const times = Array.from({ length: 100 }, (_, index) => settled('paid', index + 1.4));
  const { fates, isDone } = summarise([...times, open('lost'), settled('declined')], {
    isSwept: false,
  });
  const none = { settled: 0, open: 0, failed: 0, p50Ms: undefined, p95Ms: undefined };
  expect(fates).toEqual([
    { ...none, fate: 'paid', payments: 100, settled: 100, p50Ms: 50, p95Ms: 95 },
    { ...none, fate: 'declined', payments: 1, settled: 1 },
    { ...none, fate: 'lost', payments: 1, open: 1 },
  ]);
  expect(isDone).toBe(true);
});

it.each([
  ['everything is settled', [settled('paid'), settled('declined')], false, true],
  ['a told payment is open', [settled('paid'), open('paid')], false, false],
  ['a lost one is open without a sweep', [open('lost')], false, true],
  ['a lost one is open after a sweep', [open('lost')], true, false],
  ['a lost one is settled after a sweep', [settled('lost')], true, true],
  ['the buyer has not paid, and it is open', [open('abandoned')], true, true],
  ['one failed, wherever', [settled('paid'), failed('abandoned', 'no')], false, false],
] as const)('where %s', (_title, payments, isSwept, isDone) => {
  expect(summarise(payments, { isSwept }).isDone).toBe(isDone);
});

it('names every reason once, with how many it met', () => {
  const payments = [failed('paid', 'a'), failed('lost', 'b'), failed('paid', 'a')];
  expect(summarise(payments, { isSwept: false }).failures).toEqual([
    { reason: 'a', payments: 2 },
    { reason: 'b', payments: 1 },
  ]);
});
