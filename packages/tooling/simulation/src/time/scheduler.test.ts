import { setTimeout as nodeSetTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Actor } from './actor.ts';
import { installNodeClock } from './node-clock.ts';
import { Scheduler } from './scheduler.ts';

const START_MS = Date.UTC(2026, 2, 1);
const world = new Actor('world');
let scheduler: Scheduler;
let uninstall: () => void;

beforeEach(() => {
  scheduler = new Scheduler(START_MS, world);
  uninstall = installNodeClock(scheduler);
});
afterEach(() => uninstall());

const runToEnd = () => scheduler.run(() => false);

it('takes days in no time, and every clock of the process with it', async () => {
  const seen: number[] = [];
  scheduler.after(0, world, async () => {
    await sleep(86_400_000);
    seen.push(Date.now(), Date.parse(new Date().toISOString()), performance.now());
  });
  await runToEnd();
  expect(seen).toEqual(Array.from({ length: 3 }, () => START_MS + 86_400_000));
});

it('runs steps by their moment, and those of one moment in the order in which they were planned', async () => {
  const seen: string[] = [];
  scheduler.after(5, world, () => seen.push('third'));
  scheduler.after(1, world, () => seen.push('first'));
  scheduler.after(1, world, () => seen.push('second'));
  await runToEnd();
  expect(seen).toEqual(['first', 'second', 'third']);
});

it('follows every promise that a step settles to its end before the next step', async () => {
  const seen: string[] = [];
  scheduler.after(1, world, async () => {
    for (let round = 0; round < 50; round += 1) await Promise.resolve();
    seen.push('long chain');
  });
  scheduler.after(1, world, () => seen.push('next step'));
  await runToEnd();
  expect(seen).toEqual(['long chain', 'next step']);
});

it('never runs on what a dead actor waits for, its timers included', async () => {
  const doomed = new Actor('doomed');
  const seen: string[] = [];
  scheduler.after(0, doomed, () => {
    setTimeout(() => seen.push('timer'), 10);
    setInterval(() => seen.push('interval'), 10);
    void sleep(10).then(() => seen.push('pause'));
  });
  scheduler.after(5, world, () => doomed.kill());
  await runToEnd();
  expect(seen).toEqual([]);
});

it('holds up what a frozen actor waits for until it is thawed', async () => {
  const sleeper = new Actor('sleeper');
  const seen: number[] = [];
  scheduler.after(0, sleeper, () => {
    setTimeout(() => seen.push(Date.now() - START_MS), 10);
  });
  scheduler.after(5, world, () => sleeper.freeze());
  scheduler.after(500, world, () => scheduler.thaw(sleeper));
  await runToEnd();
  expect(seen).toEqual([500]);
});

it('calls off what was cleared, while the actor is frozen too', async () => {
  const seen: string[] = [];
  const sleeper = new Actor('sleeper');
  let timer: NodeJS.Timeout | undefined;
  scheduler.after(0, sleeper, () => {
    timer = setTimeout(() => seen.push('cleared'), 10);
    sleeper.freeze();
  });
  scheduler.after(20, world, () => clearTimeout(timer));
  scheduler.after(30, world, () => scheduler.thaw(sleeper));
  await runToEnd();
  expect(seen).toEqual([]);
});

it('has no real timer left for a library that takes its timers from node:timers', async () => {
  const seen: number[] = [];
  scheduler.after(0, world, () => {
    nodeSetTimeout(() => seen.push(Date.now() - START_MS), 30_000);
    clearTimeout(nodeSetTimeout(() => seen.push(-1), 10));
  });
  await runToEnd();
  expect(seen).toEqual([30_000]);
});

it('ends a pause as soon as its signal is aborted', async () => {
  const ended: unknown[] = [];
  scheduler.after(0, world, async () => {
    const over = new AbortController();
    setTimeout(() => over.abort(), 10);
    await sleep(1_000, undefined, { signal: over.signal }).catch((error: unknown) => {
      ended.push(error instanceof Error && error.name, Date.now() - START_MS);
    });
  });
  await runToEnd();
  expect(ended).toEqual(['AbortError', 10]);
});

it('gives the process its own time back', () => {
  uninstall();
  expect(Date.now()).toBeGreaterThan(START_MS);
  expect(new Date(START_MS)).toBeInstanceOf(Date);
});
