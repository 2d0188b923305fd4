import { expect, test } from 'vitest';
import { answerWithinMs, startBudget } from './upgrade-call.ts';

test('at the start every share is full, and the whole fits the function’s 10 s', () => {
  const budget = startBudget(10_000, () => new Date(0));
  expect(answerWithinMs(10_000)).toBe(9500);
  expect([budget.askMs(), budget.payMs(), budget.refusalMs(), budget.announceMs()]).toEqual([
    2500, 5000, 1500, 1500,
  ]);
});

test('shares shrink with what is left, and the gateway is not called with next to nothing', () => {
  let elapsedMs = 0;
  const budget = startBudget(10_000, () => new Date(elapsedMs));
  elapsedMs = 6000;
  expect(budget.payMs()).toBe(1000);
  elapsedMs = 6750;
  expect(budget.payMs()).toBe(250);
  elapsedMs = 6751;
  expect(budget.payMs()).toBeUndefined();
  elapsedMs = 20_000;
  expect([budget.askMs(), budget.refusalMs(), budget.announceMs()]).toEqual([0, 0, 0]);
});
