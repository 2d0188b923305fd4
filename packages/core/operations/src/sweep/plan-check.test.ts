import { addMs } from '@cloudnestle/payments/clock';
import { describe, expect, it } from 'vitest';
import {
  isUnaskedTooLong,
  planArrival,
  planEffects,
  planLateMoney,
  planUndecided,
} from './plan-check.ts';

const start = new Date('2025-11-23T10:00:00.000Z');
const after = ({ hours = 0, minutes = 0, ms = 0 }) =>
  addMs(start, hours * 3_600_000 + minutes * 60_000 + ms);

describe('looking for the effects of a payment', () => {
  it('comes after 5 minutes, then 1, 6, 24, 48 and 96 hours, and then a person is asked', () => {
    const looks = [{ minutes: 5 }, ...[1, 6, 24, 48, 96].map((hours) => ({ hours }))].map(after);
    const planned = looks.map((now, index) => planEffects(start, index, now).nextLook);
    expect(planned).toEqual([...looks.slice(1), 'giveUp']);
  });

  it('keeps to these times, however often somebody looks in between', () => {
    expect(planEffects(start, 9, after({ minutes: 1 })).nextLook).toEqual(after({ minutes: 6 }));
    expect(planEffects(start, 9, after({ hours: 2 })).nextLook).toEqual(after({ hours: 6 }));
  });

  it.each([
    [{ minutes: 59, ms: 59_999 }, false],
    [{ hours: 1 }, true],
    [{ hours: 96 }, true],
  ])('publishes again from the first hour on: after %j %s', (since, republish) => {
    expect(planEffects(start, 0, after(since)).republish).toBe(republish);
  });

  it('gives what was published again five minutes to show', () => {
    const now = after({ hours: 5, minutes: 58 });
    expect(planEffects(start, 1, now).nextLook).toEqual(addMs(now, 5 * 60_000));
  });

  it('asks nobody about a payment that became known late, before it was published again', () => {
    const late = after({ hours: 200 });
    expect(planEffects(start, 0, late)).toEqual({
      republish: true,
      nextLook: addMs(late, 60 * 60_000),
    });
    expect(planEffects(start, 1, late).nextLook).toBe('giveUp');
  });
});

describe('an outcome on its way to its row', () => {
  const wait = (times: number) => {
    const { nextLook, isLost } = planArrival(times, start);
    return [nextLook === 'nextRun' ? 'nextRun' : (+nextLook - +start) / 60_000, isLost];
  };

  it('is published again at the next run, then ever more rarely, and counts as lost after half an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(wait)).toEqual([
      ['nextRun', false],
      [2, false],
      [4, false],
      [8, false],
      [16, false],
      [32, true],
      [64, true],
    ]);
  });

  it('is never given up', () => {
    expect(wait(12)).toEqual([360, true]);
    expect(wait(5000)).toEqual([360, true]);
  });
});

describe('money that comes late', () => {
  it.each([
    [{}, { hours: 1 }],
    [{ ms: 3_599_999 }, { hours: 1 }],
    [{ hours: 1 }, { hours: 6 }],
    [{ hours: 6, minutes: 1 }, { hours: 24 }],
    [{ hours: 24 }, { hours: 72 }],
    [{ hours: 71, minutes: 59 }, { hours: 72 }],
  ])('is looked for again: %j after expiry, next at %j', (since, next) => {
    expect(planLateMoney(start, after(since))).toEqual(after(next));
  });

  it('is not looked for any more after the look at 72 hours', () => {
    expect(planLateMoney(start, after({ hours: 72 }))).toBeUndefined();
  });
});

describe('an order without an outcome', () => {
  it('is asked about in every run while it can be paid, and ten minutes longer', () => {
    expect(planUndecided(start, after({ minutes: -30 }))).toBe('nextRun');
    expect(planUndecided(start, start)).toBe('nextRun');
    expect(planUndecided(start, after({ minutes: 9, ms: 59_999 }))).toBe('nextRun');
  });

  it('then ever more rarely', () => {
    expect(planUndecided(start, after({ minutes: 10 }))).toEqual(after({ minutes: 11 }));
    expect(planUndecided(start, after({ hours: 10 }))).toEqual(after({ hours: 11 }));
  });

  it('is given up after three days', () => {
    expect(planUndecided(start, after({ hours: 72, ms: -1 }))).not.toBe('giveUp');
    expect(planUndecided(start, after({ hours: 72 }))).toBe('giveUp');
  });

  it('is given a day more where only the gateway cannot be asked', () => {
    expect(isUnaskedTooLong(start, after({ hours: 96, ms: -1 }))).toBe(false);
    expect(isUnaskedTooLong(start, after({ hours: 96 }))).toBe(true);
  });
});
