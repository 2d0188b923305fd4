import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { discardLetters } from '@cloudnestle/operations/letters/discard-letters';
import {
  type LetterSource,
  receiveLetters,
  startAwaiting,
} from '@cloudnestle/operations/letters/go-through-letters';
import { replayLetters } from '@cloudnestle/operations/letters/replay-letters';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createMailroom, exhausted, type Mailroom, toBody } from '../testing/dead-letters.ts';
import { holdLetters } from './testing/hold-letters.ts';

let run: LocalRun;
let mailroom: Mailroom;
let source: LetterSource;
let liveUrl = '';
let deadLetterUrl = '';
const signal = new AbortController().signal;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  mailroom = createMailroom(run);
  await run.pollers.tiers.pause();
  ({ url: liveUrl = '', deadLetterUrl = '' } = run.provisioned.queues.tiers ?? {});
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, endpoint: run.awsEndpoint });
  source = { sqs, queue: { name: 'tiers', deadLetterUrl, liveUrl }, subscribers: {} };
});
afterEach(async () => {
  await mailroom.takeAll(deadLetterUrl);
  await mailroom.takeAll(liveUrl);
});
afterAll(async () => {
  source?.sqs.destroy();
  mailroom?.stop();
  await run?.stop();
});

const put = (count: number) =>
  mailroom.put(
    deadLetterUrl,
    Array.from({ length: count }, () => ({
      body: toBody(sampleCompleted()),
      attributes: exhausted('throttled'),
    })),
  );

const actions = {
  replay: async (patience: { seconds?: number; onWait?(hidden: number): void }) => {
    const stamp = { replayedBy: 'me', replayedAt: new Date().toISOString() };
    const job = { filter: {}, force: false, stamp, liveUrls: { tiers: liveUrl }, signal, patience };
    const { counts, ...rest } = await replayLetters(source, job);
    return { done: counts.moved, ...rest };
  },
  discard: async (patience: { seconds?: number; onWait?(hidden: number): void }) => {
    const keep = () => Promise.resolve();
    const job = { isMeant: () => true, keep, signal, patience };
    const { discarded, hidden } = await discardLetters(source, job);
    return { done: discarded, hidden };
  },
};

it.each(['replay', 'discard'] as const)(
  'a %s waits for letters that somebody else holds, and takes them when they are given back',
  async (action) => {
    await put(25);
    const giveBack = await holdLetters(source.sqs, deadLetterUrl, 10);
    const waits: number[] = [];
    const onWait = (hidden: number) => {
      waits.push(hidden);
      void giveBack();
    };
    expect(await actions[action]({ onWait })).toEqual({ done: 25, hidden: 0 });
    expect(waits).toEqual([10]);
  },
);

it.each(['replay', 'discard'] as const)(
  'a %s says how many were hidden to the end, and does not wait for ever',
  async (action) => {
    await put(5);
    const giveBack = await holdLetters(source.sqs, deadLetterUrl, 2);
    expect(await actions[action]({ seconds: 1 })).toEqual({ done: 3, hidden: 2 });
    await giveBack();
  },
);

it('does not wait where all that was there was seen, whatever arrives meanwhile', async () => {
  await put(5);
  const others = await startAwaiting(source, {});
  await put(2);
  expect(await others.areWorthWaiting(() => 0)).toBe(true);
  expect(others.left()).toBe(5);
  const once = { most: 10, waitSeconds: 0, visibilitySeconds: 0 };
  others.note((await receiveLetters(source, once)).slice(0, 5));
  expect(await others.areWorthWaiting(() => 0)).toBe(false);
  expect(others.left()).toBe(0);
});
