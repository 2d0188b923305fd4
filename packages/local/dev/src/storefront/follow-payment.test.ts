import { describe, expect, it } from 'vitest';
import { type Answer, followPayment, type View } from './browser/follow-payment.js';

type Body = Extract<Answer, { kind: 'status' }>['body'];

const status = (body: Partial<Body>, retryAfterMs = 1000): Answer => ({
  kind: 'status',
  body: { status: 'PENDING', access: 'PENDING', message: '', ...body },
  retryAfterMs,
});
const pending = status({});
const paid = status({ status: 'COMPLETED' });
const granted = status({ status: 'COMPLETED', access: 'GRANTED' }, 0);

/** Answers in turn, the last one for ever; time passes only while waiting. */
async function follow(...answers: Answer[]) {
  let nowMs = 0;
  const views: View[] = [];
  const pausesMs: number[] = [];
  await followPayment({
    ask: async () => (answers.length > 1 ? answers.shift() : answers[0]) ?? pending,
    show: (view) => views.push(view),
    wait: async (delayMs) => {
      pausesMs.push(delayMs);
      nowMs += delayMs;
    },
    now: () => nowMs,
  });
  return { kinds: views.map(({ kind }) => kind), last: views.at(-1), pausesMs };
}

describe('the return page, following a payment', () => {
  it('turns Pro when access is granted, and asks no more', async () => {
    const { kinds, last } = await follow(pending, paid, granted);
    expect(kinds).toEqual(['pending', 'activating', 'granted']);
    expect(last?.isLast).toBe(true);
  });

  it('does not call anybody Pro because the money arrived', async () => {
    const { kinds } = await follow(paid);
    expect(new Set(kinds)).toEqual(new Set(['activating']));
  });

  it('turns Pro though the books are still behind', async () => {
    const { kinds } = await follow(status({ access: 'GRANTED' }));
    expect(kinds).toEqual(['granted']);
  });

  it('asks once a second for a minute, then leaves it to the buyer', async () => {
    const { pausesMs, last } = await follow(pending);
    expect(pausesMs).toEqual(Array.from({ length: 60 }, () => 1000));
    expect(last).toMatchObject({ kind: 'pending', isLast: true });
  });

  it('asks as slowly as the API wants, and never faster than once a second', async () => {
    const { pausesMs } = await follow(status({}, 5000), status({}, 10), granted);
    expect(pausesMs).toEqual([5000, 1000]);
  });

  it('asks no more when nothing more will change', async () => {
    const { kinds, pausesMs } = await follow(status({ status: 'FAILED' }, 0));
    expect(kinds).toEqual(['failed']);
    expect(pausesMs).toEqual([]);
  });

  it('turns Pro when money comes after a failure', async () => {
    const { kinds } = await follow(status({ status: 'FAILED' }), granted);
    expect(kinds).toEqual(['failed', 'granted']);
  });

  it('stops at a payment nobody knows', async () => {
    const { kinds } = await follow({ kind: 'refused', message: 'No such payment.' });
    expect(kinds).toEqual(['refused']);
  });

  it('keeps asking while the API cannot answer, with the pause it names', async () => {
    const { kinds, pausesMs } = await follow(
      { kind: 'unavailable', retryAfterMs: 2000 },
      { kind: 'unavailable' },
      granted,
    );
    expect(kinds).toEqual(['unavailable', 'unavailable', 'granted']);
    expect(pausesMs).toEqual([2000, 1000]);
  });
});
