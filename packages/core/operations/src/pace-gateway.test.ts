import type { OrderStatusAnswer, PaymentGateway } from '@cloudnestle/payments/gateway';
import { expect, it } from 'vitest';
import { paceGateway } from './pace-gateway.ts';

const refused: OrderStatusAnswer = { kind: 'refused', code: 'X', httpStatus: 400 };
const unreachable: OrderStatusAnswer = { kind: 'unreachable', reason: '503' };
const notUsed = () => Promise.reject(new Error('not asked'));

/** A paced gateway whose clock only moves while somebody sleeps. */
function start(answers: OrderStatusAnswer[], callsPerSecond = 1000) {
  let nowMs = 0;
  const pausesMs: number[] = [];
  let asked = 0;
  const over = new AbortController();
  const gateway: PaymentGateway = {
    name: 'some',
    createOrder: notUsed,
    refundStatus: notUsed,
    readWebhook: notUsed,
    orderStatus: async () => answers[asked++] ?? refused,
  };
  const paced = paceGateway(gateway, {
    callsPerSecond,
    now: () => new Date(nowMs),
    signal: over.signal,
    sleep: async (ms) => {
      pausesMs.push(ms);
      nowMs += ms;
    },
  });
  const ask = () => paced.gateway.orderStatus('MP-1', { timeoutMs: 100 });
  return { paced, ask, pausesMs, over, asked: () => asked };
}

it('pauses after an unanswered question, twice as long after each further one, and not after an answer', async () => {
  const { ask, pausesMs } = start([unreachable, unreachable, unreachable, refused, refused]);
  for (let question = 0; question < 5; question += 1) await ask();
  expect(pausesMs).toEqual([1000, 2000, 4000]);
});

it('never pauses longer than 8 seconds, and stops asking where five pauses in a row helped nothing', async () => {
  const { ask, pausesMs, paced, asked } = start(Array.from({ length: 20 }, () => unreachable));
  for (let question = 0; question < 12; question += 1) {
    expect(await ask()).toMatchObject({ kind: 'unreachable' });
  }
  expect(pausesMs).toEqual([1000, 2000, 4000, 8000]);
  expect(asked()).toBe(5);
  expect(paced.isDown()).toBe(true);
});

it('does not count questions that had an answer in between', async () => {
  const answers = Array.from({ length: 30 }, (_, index) =>
    index % 4 === 3 ? refused : unreachable,
  );
  const { ask, paced, asked } = start(answers);
  for (let question = 0; question < 30; question += 1) await ask();
  expect(asked()).toBe(30);
  expect(paced.isDown()).toBe(false);
});

it('takes questions that fail together for one failure', async () => {
  const { ask, pausesMs, paced } = start([
    ...Array.from({ length: 10 }, () => unreachable),
    refused,
  ]);
  await Promise.all(Array.from({ length: 10 }, ask));
  expect(paced.isDown()).toBe(false);
  await ask();
  expect(pausesMs).toEqual([1000]);
});

it('does not take a gateway for down that answers, however oddly', async () => {
  const odd: OrderStatusAnswer = { kind: 'unreachable', reason: 'unreadable', isAnswered: true };
  const { ask, pausesMs, paced } = start(Array.from({ length: 30 }, () => odd));
  for (let question = 0; question < 30; question += 1) await ask();
  expect(pausesMs).toEqual([]);
  expect(paced.isDown()).toBe(false);
});

it('asks only so often in a second', async () => {
  const { ask } = start([], 5);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 11 }, ask));
  // Five at once, five a second later, one two seconds later.
  expect(performance.now() - startedAt).toBeGreaterThan(1900);
});

it('asks nothing any more once its run is over', async () => {
  const { ask, over, asked } = start([]);
  over.abort();
  expect(await ask()).toMatchObject({ kind: 'unreachable' });
  expect(asked()).toBe(0);
});
