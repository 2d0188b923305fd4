import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { subscriberNames } from '@cloudnestle/topology/subscribers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Subject, startSubject } from './testing/subject.ts';

let subject: Subject;
let sqs: SQSClient;

beforeAll(async () => {
  subject = await startSubject();
  sqs = createSqsClient();
});
afterAll(async () => {
  sqs?.destroy();
  await subject?.stop();
});

const urlOf = (name: string) =>
  `${subject.run.provisioned.deliveryDeadLetterUrl.replace(/[^/]+$/, '')}${name}`;
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const tiers = 'marketplace-payments-tiers';
const tiersDlq = `${tiers}-dlq`;
const delivery = 'marketplace-payments-delivery-dlq';

async function settingsOf(name: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] }),
  );
  const { VisibilityTimeout = '', MessageRetentionPeriod = '', RedrivePolicy = '' } = Attributes;
  return { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy };
}

const set = (name: string, Attributes: Record<string, string>) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf(name), Attributes }));

/** Until the test is over, the queue has these attributes. */
async function change(name: string, attributes: Record<string, string>): Promise<void> {
  const kept = await settingsOf(name);
  onTestFinished(async () => {
    await set(name, kept);
  });
  await set(name, attributes);
}

it.each([tiers, tiersDlq, delivery])('names %s where it is gone', async (name) => {
  const kept = await settingsOf(name);
  await sqs.send(new DeleteQueueCommand({ QueueUrl: urlOf(name) }));
  onTestFinished(async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: name }));
    await set(name, kept);
  });
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [`queues | ${name} | there is no such queue: deploy the stage again`],
  });
});

const redrive = (deadLetterQueue: string, maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(deadLetterQueue), maxReceiveCount }),
});
it.each([
  [
    'another dead-letter queue',
    tiers,
    redrive('marketplace-payments-notifications-dlq', 10),
    `its redrive policy leads to marketplace-payments-notifications-dlq; should be ${tiersDlq}`,
  ],
  [
    'a short visibility timeout',
    tiers,
    { VisibilityTimeout: '30' },
    'its visibility timeout is 30 s; should be 90 s',
  ],
  [
    'a dead-letter queue with a short memory',
    tiersDlq,
    { MessageRetentionPeriod: '345600' },
    'keeps messages 4 days; should be 14 days',
  ],
  [
    'a dead-letter queue that passes letters on',
    tiersDlq,
    redrive(delivery, 10),
    `has a redrive policy of its own, to ${delivery}: letters vanish from here; should have none`,
  ],
])('says of a queue with %s what is and what should be', async (_what, name, attributes, words) => {
  await change(name, attributes);
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({ exitCode: 1, wrong: [`queues | ${name} | ${words}`] });
});

it('says everything that is wrong with one queue, and lets a longer visibility timeout be', async () => {
  await change(tiers, { VisibilityTimeout: '10', ...redrive(delivery, 3) });
  await change('marketplace-payments-notifications', { VisibilityTimeout: '600' });
  const { wrong } = await subject.examine();
  expect(wrong).toHaveLength(1);
  for (const words of [`leads to ${delivery}`, 'after 3 receives', 'timeout is 10 s']) {
    expect(wrong[0]).toContain(words);
  }
});

it('counts dead letters without calling them wrong', async () => {
  for (const MessageBody of ['one', 'two']) {
    await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(tiersDlq), MessageBody }));
  }
  onTestFinished(async () => {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: urlOf(tiersDlq) }));
  });
  const { exitCode, ok } = await subject.examine();
  expect(exitCode).toBe(0);
  expect(ok).toContain(`queues | ${tiersDlq} | 2 letters: ./payments dlq triage`);
});

it('misses a subscriber’s queue that the stage does not name', async () => {
  const stage = z.looseObject({ queues: z.record(z.string(), z.unknown()) });
  await subject.keep(environmentSecret, (value) => {
    const { queues, ...others } = stage.parse(value);
    const { tiers: _gone, ...rest } = queues;
    return { ...others, queues: rest };
  });
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toEqual([expect.stringContaining('names no queue of tiers')]);
});

describe('policies', () => {
  const policy = (name: string, Service = 'events.amazonaws.com') => ({
    Policy: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service },
        Action: 'sqs:SendMessage',
        Resource: arnOf(name),
      },
    }),
  });
  const senders = () => [...subject.run.topology.subscriptions.map(({ queue }) => queue), delivery];
  const setAll = (of: (name: string) => Record<string, string>) =>
    Promise.all(senders().map((name) => set(name, of(name))));

  it('are checked where there are any: a queue that EventBridge may not send to is wrong', async () => {
    onTestFinished(async () => {
      await setAll(() => ({ Policy: '' }));
    });
    await setAll(policy);
    const open = await subject.examine();
    expect(open).toMatchObject({ exitCode: 0, wrong: [] });
    expect(open.ok).toContain(
      `queue policies | EventBridge may send | to ${1 + subscriberNames.length} queues`,
    );

    await set(tiers, policy(tiers, 'sns.amazonaws.com'));
    await set(delivery, { Policy: '' });
    const { exitCode, wrong } = await subject.examine();
    expect(exitCode).toBe(1);
    expect(wrong).toEqual([
      expect.stringMatching(
        new RegExp(`^queue policies .*${tiers} does not let .*${delivery} does not let`),
      ),
    ]);
  });
});
