import { expect, it } from 'vitest';
import { planRetry } from './plan-retry.ts';

const failure = { permanent: false, attempt: 1, random: () => 1, scale: 1 };

it.each([
  [1, 10],
  [2, 30],
  [3, 90],
  [4, 270],
  [5, 810],
  [6, 900],
  [7, 900],
])('after attempt %i it waits at most %i seconds', (attempt, longest) => {
  expect(planRetry({ ...failure, attempt })).toEqual({ kind: 'retry', inSeconds: longest });
});

it('spreads retries over the upper half of the delay', () => {
  expect(planRetry({ ...failure, attempt: 3, random: () => 0 })).toEqual({
    kind: 'retry',
    inSeconds: 45,
  });
});

it('gives up at the eighth attempt, not at the seventh', () => {
  expect(planRetry({ ...failure, attempt: 7 }).kind).toBe('retry');
  expect(planRetry({ ...failure, attempt: 8 })).toEqual({
    kind: 'deadLetter',
    failureKind: 'exhausted',
  });
});

it('gives up at once on what can never succeed', () => {
  expect(planRetry({ ...failure, permanent: true })).toEqual({
    kind: 'deadLetter',
    failureKind: 'permanent',
  });
});

it('waits as long as the failure itself asked for, never above fifteen minutes', () => {
  expect(planRetry({ ...failure, retryInSeconds: 7 })).toEqual({ kind: 'retry', inSeconds: 7 });
  expect(planRetry({ ...failure, retryInSeconds: 7000 })).toEqual({
    kind: 'retry',
    inSeconds: 900,
  });
  expect(planRetry({ ...failure, retryInSeconds: 7, scale: 0.01 })).toEqual({
    kind: 'retry',
    inSeconds: 7,
  });
});

it('shortens delays by the scale', () => {
  expect(planRetry({ ...failure, attempt: 3, scale: 0.01 })).toEqual({
    kind: 'retry',
    inSeconds: 1,
  });
});
