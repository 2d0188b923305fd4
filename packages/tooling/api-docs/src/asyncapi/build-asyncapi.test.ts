import { createRequire } from 'node:module';
import { eventContracts } from '@cloudnestle/contracts/events/all';
import { topology } from '@cloudnestle/topology/topology';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { lint } from '../testing/lint.ts';
import { buildAsyncApi } from './build-asyncapi.ts';

const document = buildAsyncApi();
const { channels, components, operations } = document;
const lenient = { strict: false, validateFormats: false };

it('is a valid AsyncAPI 3 document', async () => {
  expect(document.asyncapi).toMatch(/^3\./);
  // The servers have the security; operations have none of their own.
  expect(await lint('asyncapi.json', document, { 'security-defined': 'off' })).toEqual([]);
  const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json');
  // The schema brings its own copy of the meta-schema.
  const isValid = new Ajv({ ...lenient, meta: false, validateSchema: false }).compile(schema);
  isValid(JSON.parse(JSON.stringify(document)));
  expect(isValid.errors).toBeNull();
});

it('puts every kind of event on the bus', () => {
  expect(channels.bus?.address).toBe(topology.bus.name);
  expect(Object.keys(channels.bus?.messages ?? {})).toEqual(Object.keys(eventContracts));
  for (const detailType of Object.keys(eventContracts)) {
    expect(operations[`publish${detailType}`]).toMatchObject({ action: 'send' });
  }
});

describe.each(topology.subscriptions)('$subscriber', (subscription) => {
  const { subscriber, queue, deadLetterQueue, detailTypes } = subscription;

  it('receives from its own queue what the topology’s rule brings there', () => {
    const channel = Object.values(channels).find(({ address }) => address === queue);
    expect(Object.keys(channel?.messages ?? {})).toEqual(detailTypes);
    const received = Object.keys(operations).filter((name) => name.startsWith(`${subscriber}Rec`));
    expect(received).toEqual(detailTypes.map((each) => `${subscriber}Receives${each}`));
  });

  it('shows how long its queues keep a message, and when SQS moves it', () => {
    const channel = Object.values(channels).find(({ address }) => address === queue);
    expect(channel).toHaveProperty('bindings.sqs', {
      queue: {
        name: queue,
        fifoQueue: false,
        visibilityTimeout: subscription.visibilityTimeoutSeconds,
        messageRetentionPeriod: topology.queueRetentionDays * 86_400,
        redrivePolicy: {
          deadLetterQueue: { name: deadLetterQueue },
          maxReceiveCount: topology.maxReceiveCount,
        },
      },
      deadLetterQueue: {
        name: deadLetterQueue,
        fifoQueue: false,
        messageRetentionPeriod: topology.deadLetterRetentionDays * 86_400,
      },
      bindingVersion: '0.2.0',
    });
  });

  it('gives up into its own dead-letter queue', () => {
    const channel = Object.values(channels).find(({ address }) => address === deadLetterQueue);
    expect(Object.keys(channel?.messages ?? {})).toEqual(['DeadLetter']);
  });
});

it.each(Object.entries(components.messages))('%s has examples that fit', (name, message) => {
  const ajv = new Ajv(lenient).addSchema({ $id: 'document', components });
  const { examples = [] } = message;
  for (const { payload, headers } of examples) {
    expect(ajv.validate({ $ref: `document#/components/messages/${name}/payload` }, payload)).toBe(
      true,
    );
    if (!headers) continue;
    expect(ajv.validate({ $ref: `document#/components/messages/${name}/headers` }, headers)).toBe(
      true,
    );
  }
  expect(examples.length > 0 || name === 'UndeliveredEvent').toBe(true);
});

it('names a dead letter’s attributes, ten at most', () => {
  const names = Object.keys(components.schemas.DeadLetterAttributes?.properties ?? {});
  expect(names).toContain('failureReason');
  expect(names).toContain('replayedBy');
  expect(names.length).toBeLessThanOrEqual(10);
});
