import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { createGateways } from '@cloudnestle/payments/gateways';
import { oneGateway } from '@cloudnestle/payments/testing/one-gateway';
import { expect, it } from 'vitest';
import { paceGateways } from './pace-gateways.ts';

const refused: OrderStatusAnswer = { kind: 'refused', code: 'X', httpStatus: 400 };
const unreachable: OrderStatusAnswer = { kind: 'unreachable', reason: '503' };
/** A paced gateway whose clock only moves while a question sleeps. */
function start(answers: OrderStatusAnswer[], callsPerSecond = 1000) {
  let nowMs = 0;
  const pausesMs: number[] = [];
  let asked = 0;
  const over = new AbortController();
  const gateways = oneGateway({ orderStatus: async () => answers[asked++] ?? refused });
  const paced = paceGateways(gateways, {
    callsPerSecond,
    now: () => new Date(nowMs),
    signal: over.signal,
    sleep: async (ms) => {
      pausesMs.push(ms);
      nowMs += ms;
    },
  });
  const ask = () => paced.gateways.standard.orderStatus('MP-1', { timeoutMs: 100 });
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
  expect(paced.areDown()).toBe(true);
});

it('does not count questions that had an answer in between', async () => {
  const answers = Array.from({ length: 30 }, (_, index) =>
    index % 4 === 3 ? refused : unreachable,
  );
  const { ask, paced, asked } = start(answers);
  for (let question = 0; question < 30; question += 1) await ask();
  expect(asked()).toBe(30);
  expect(paced.areDown()).toBe(false);
});

it('takes questions that fail together for one failure', async () => {
  const { ask, pausesMs, paced } = start([
    ...Array.from({ length: 10 }, () => unreachable),
    refused,
  ]);
  await Promise.all(Array.from({ length: 10 }, ask));
  expect(paced.areDown()).toBe(false);
  await ask();
  expect(pausesMs).toEqual([1000]);
});

it('does not take a gateway for down that answers, however oddly', async () => {
  const odd: OrderStatusAnswer = { kind: 'unreachable', reason: 'unreadable', isAnswered: true };
  const { ask, pausesMs, paced } = start(Array.from({ length: 30 }, () => odd));
  for (let question = 0; question < 30; question += 1) await ask();
  expect(pausesMs).toEqual([]);
  expect(paced.areDown()).toBe(false);
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

it('goes on asking one gateway while another is down, and never takes one that is not registered for down', async () => {
  const answers = { up: refused, down: unreachable };
  const asked: string[] = [];
  const registered = (['up', 'down'] as const).map((name) => ({
    gateway: {
      ...oneGateway({
        name,
        orderStatus: async () => {
          asked.push(name);
          return answers[name];
        },
      }).standard,
    },
    webhookPath: `/payments/${name}`,
  }));
  const { gateways, areDown } = paceGateways(
    createGateways(registered, { standard: 'up', unnamed: 'up' }),
    {
      callsPerSecond: 1000,
      now: () => new Date(0),
      signal: new AbortController().signal,
      sleep: async () => undefined,
    },
  );
  const ask = (paymentMethod: string) =>
    gateways.of({ paymentMethod }).orderStatus('MP-1', { timeoutMs: 100 });
  for (let question = 0; question < 8; question += 1) {
    expect(await ask('down')).toMatchObject({ kind: 'unreachable' });
    expect(await ask('gone')).toMatchObject({ kind: 'unreachable' });
    expect(await ask('up')).toEqual(refused);
  }
  expect(asked.filter((name) => name === 'down')).toHaveLength(5);
  expect(asked.filter((name) => name === 'up')).toHaveLength(8);
  expect(areDown()).toBe(false);
});
