import type { SQSClient } from '@aws-sdk/client-sqs';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anyQueueStep, type QueueStep } from './testing/any-queue-step.ts';
import { report, runs } from './testing/compare.ts';
import { createQueuePair } from './testing/queue-pair.ts';

let cloud: TestCloud;
let client: SQSClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  client = createSqsClient();
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

let begun = 0;
const met = new Map<string, number>();
const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);

/** Takes the steps on both and answers what came of them. */
async function compare(steps: readonly QueueStep[]) {
  begun += 1;
  const pair = await createQueuePair(client, `compared-${begun}`);
  const answers: unknown[] = [];
  for (const step of steps) {
    const outcome = await pair.run(step);
    if ('leftOut' in outcome) {
      count(`left out: ${outcome.leftOut}`);
      continue;
    }
    const { model, emulator } = outcome;
    count(`${step.kind}: ${'error' in model ? model.error : 'done'}`);
    expect(model, JSON.stringify(step)).toEqual(emulator);
    answers.push({ [step.kind]: 'error' in model ? model.error : model.answer });
  }
  return answers;
}

it('SQS in memory answers as the emulator does to any sequence of calls', async () => {
  const anySteps = fc.array(anyQueueStep, { minLength: 10, maxLength: 50, size: 'max' });
  const answerAlike = fc.asyncProperty(anySteps, async (steps) => {
    await compare(steps);
  });
  await fc.assert(answerAlike, { numRuns: runs, endOnFailure: true });
  report('SQS', met);
});

it('and so it does when a message is received too often', async () => {
  const receive = { kind: 'receive', from: 'queue', most: 10 } as const;
  const giveBack = { kind: 'giveBack', most: 10 } as const;
  const answers = await compare([
    { kind: 'send', body: 'a', attributes: { reason: 'a' } },
    { kind: 'sendBatch', bodies: ['b', 'c\u0007'] },
    receive,
    giveBack,
    { kind: 'send', body: 'd', attributes: {} },
    receive,
    giveBack,
    receive,
    { kind: 'count', of: 'queue' },
    { kind: 'receive', from: 'deadLetters', most: 10 },
    { kind: 'count', of: 'deadLetters' },
  ]);
  expect(answers.slice(-4)).toMatchObject([
    { receive: [{ Body: 'd' }] },
    { count: { Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } } },
    { receive: [{ Body: 'a', MessageAttributes: {} }, { Body: 'b' }] },
    { count: { Attributes: { ApproximateNumberOfMessagesNotVisible: '2' } } },
  ]);
});
