import {
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  type EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, type LostEvent, startLocalCloud } from '../start.ts';
import { createClients } from '../testing/create-clients.ts';
import { createQueue, receiveOne } from '../testing/queues.ts';
import { buildEntry, createBus, createRule } from '../testing/rules.ts';

describe('EventBridge on the local endpoint', () => {
  let cloud: LocalCloud;
  let events: EventBridgeClient;
  let sqs: SQSClient;
  const lost: LostEvent[] = [];
  beforeAll(async () => {
    cloud = await startLocalCloud({ onLostEvent: (event) => lost.push(event) });
    ({ events, sqs } = createClients(cloud.endpoint));
  });
  afterAll(() => cloud.stop());

  it('delivers one event to the queues of every matching rule, and to no other', async () => {
    await createBus(events, 'fan-out');
    const [first, second, other] = await Promise.all(
      ['first', 'second', 'other'].map((name) => createQueue(sqs, name)),
    );
    if (!first || !second || !other) throw new Error('queues are missing');
    await createRule(events, 'fan-out', 'one', { source: ['shop'] }, [{ Id: 'q', Arn: first.arn }]);
    await createRule(events, 'fan-out', 'two', { 'detail-type': ['Paid'] }, [
      { Id: 'q', Arn: second.arn },
    ]);
    await createRule(events, 'fan-out', 'three', { source: ['bank'] }, [
      { Id: 'q', Arn: other.arn },
    ]);
    const published = await events.send(
      new PutEventsCommand({
        Entries: [
          buildEntry('fan-out', {
            Detail: '{"amount":29900}',
            Resources: ['order/1'],
            Time: new Date('2026-01-31T09:30:00.750Z'),
          }),
        ],
      }),
    );
    expect(published.FailedEntryCount).toBe(0);
    for (const queue of [first, second]) {
      const message = await receiveOne(sqs, queue);
      expect(JSON.parse(message?.Body ?? '')).toEqual({
        version: '0',
        id: published.Entries?.[0]?.EventId,
        'detail-type': 'Paid',
        source: 'shop',
        account: '000000000000',
        time: '2026-01-31T09:30:00Z',
        region: 'us-east-1',
        resources: ['order/1'],
        detail: { amount: 29900 },
      });
    }
    await events.send(
      new PutEventsCommand({
        Entries: [buildEntry('fan-out', { Source: 'bank', DetailType: 'x' })],
      }),
    );
    const only = await receiveOne(sqs, other);
    expect(JSON.parse(only?.Body ?? '').source).toBe('bank');
  });

  it('delivers nothing while a rule is disabled, and again once it is enabled', async () => {
    await createBus(events, 'switched');
    const queue = await createQueue(sqs, 'switched');
    await createRule(events, 'switched', 'rule', { source: ['shop'] }, [
      { Id: 'q', Arn: queue.arn },
    ]);
    const rule = { Name: 'rule', EventBusName: 'switched' };
    await events.send(new DisableRuleCommand(rule));
    await events.send(
      new PutEventsCommand({ Entries: [buildEntry('switched', { Detail: '{"n":1}' })] }),
    );
    await events.send(new EnableRuleCommand(rule));
    await events.send(
      new PutEventsCommand({ Entries: [buildEntry('switched', { Detail: '{"n":2}' })] }),
    );
    const message = await receiveOne(sqs, queue);
    expect(JSON.parse(message?.Body ?? '').detail).toEqual({ n: 2 });
  });

  it('fails single entries as AWS does and accepts their neighbours', async () => {
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          buildEntry('default', {}),
          buildEntry('default', { Source: undefined }),
          buildEntry('default', { DetailType: '' }),
          buildEntry('default', { Detail: undefined }),
          buildEntry('default', { Detail: '{' }),
          buildEntry('default', { Detail: '[1]' }),
          buildEntry('default', { Source: 'aws.s3' }),
        ],
      }),
    );
    expect(FailedEntryCount).toBe(6);
    expect(Entries?.map((entry) => entry.ErrorCode ?? 'accepted')).toEqual([
      'accepted',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
    ]);
  });

  it('accepts an event to an unknown bus as AWS does, and names it as lost', async () => {
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({ Entries: [buildEntry('nowhere', {})] }),
    );
    expect(FailedEntryCount).toBe(0);
    expect(Entries?.[0]?.EventId).toBeDefined();
    expect(lost).toContainEqual({
      eventId: Entries?.[0]?.EventId,
      detailType: 'Paid',
      why: expect.stringContaining('nowhere'),
    });
  });

  it('takes 256 KiB in one call and refuses one byte more', async () => {
    const overhead = 'shop'.length + 'Paid'.length + '{"t":""}'.length;
    const fill = (bytes: number) => JSON.stringify({ t: 'x'.repeat(bytes - overhead) });
    const put = (bytes: number) =>
      events.send(
        new PutEventsCommand({ Entries: [buildEntry('default', { Detail: fill(bytes) })] }),
      );
    expect((await put(256 * 1024)).FailedEntryCount).toBe(0);
    await expect(put(256 * 1024 + 1)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('names an event as lost that queue and dead-letter queue refuse, and keeps its contents to itself', async () => {
    await createBus(events, 'twice');
    const queue = await createQueue(sqs, 'twice');
    const dead = await createQueue(sqs, 'twice-dlq');
    const target = {
      Id: 'q',
      Arn: queue.arn,
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: dead.arn },
    };
    await createRule(events, 'twice', 'rule', { source: ['shop'] }, [target]);
    // A character that SQS takes in no message.
    const entry = buildEntry('twice', { Detail: '{"email":"ravi\uFFFF@example.com"}' });
    const { Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
    const eventId = Entries?.[0]?.EventId;
    await expect.poll(() => lost.filter((event) => event.eventId === eventId)).toHaveLength(1);
    const [event] = cloud.lostEvents.filter((each) => each.eventId === eventId);
    expect(event?.why).toMatch(/rule rule could not deliver .*twice .*nor to .*twice-dlq/);
    expect(JSON.stringify(event)).not.toContain('ravi');
  });

  it('puts an event whose queue is gone into the dead-letter queue with the reason', async () => {
    await createBus(events, 'broken');
    const queue = await createQueue(sqs, 'broken');
    const dead = await createQueue(sqs, 'broken-dlq');
    const target = {
      Id: 'q',
      Arn: queue.arn,
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: dead.arn },
    };
    await createRule(events, 'broken', 'rule', { source: ['shop'] }, [target]);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    const { Entries } = await events.send(
      new PutEventsCommand({ Entries: [buildEntry('broken', {})] }),
    );
    const letter = await receiveOne(sqs, dead);
    const attributes = Object.entries(letter?.MessageAttributes ?? {}).map(([name, attribute]) => [
      name,
      attribute.StringValue,
    ]);
    expect(JSON.parse(letter?.Body ?? '').id).toBe(Entries?.[0]?.EventId);
    expect(Object.fromEntries(attributes)).toEqual({
      RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/broken/rule',
      TARGET_ARN: queue.arn,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: expect.stringContaining('broken'),
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    });
  });

  it('describes, lists and removes what it was given', async () => {
    const EventBusName = 'kept';
    await createBus(events, EventBusName);
    const Arn = 'arn:aws:sqs:us-east-1:000000000000:kept';
    await createRule(events, EventBusName, 'rule', { source: ['shop'] }, [{ Id: 'q', Arn }]);
    const bus = await events.send(new DescribeEventBusCommand({ Name: EventBusName }));
    const rule = await events.send(new DescribeRuleCommand({ Name: 'rule', EventBusName }));
    expect(bus.Arn).toBe('arn:aws:events:us-east-1:000000000000:event-bus/kept');
    expect(rule).toMatchObject({
      Arn: 'arn:aws:events:us-east-1:000000000000:rule/kept/rule',
      EventPattern: '{"source":["shop"]}',
      State: 'ENABLED',
    });
    const ruleWithTargets = { Rule: 'rule', EventBusName };
    const { Targets } = await events.send(new ListTargetsByRuleCommand(ruleWithTargets));
    expect(Targets).toEqual([{ Id: 'q', Arn }]);
    await expect(
      events.send(new DeleteRuleCommand({ Name: 'rule', EventBusName })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const removed = await events.send(
      new RemoveTargetsCommand({ ...ruleWithTargets, Ids: ['q', 'ghost'] }),
    );
    expect(removed.FailedEntries?.map((entry) => entry.TargetId)).toEqual(['ghost']);
    await events.send(new DeleteRuleCommand({ Name: 'rule', EventBusName }));
    expect((await events.send(new ListRulesCommand({ EventBusName }))).Rules).toEqual([]);
    await events.send(new DeleteEventBusCommand({ Name: EventBusName }));
    const { EventBuses } = await events.send(new ListEventBusesCommand({ NamePrefix: 'kept' }));
    expect(EventBuses).toEqual([]);
  });

  it('lists in pages', async () => {
    await createBus(events, 'paged');
    for (const name of ['a', 'b', 'c'])
      await createRule(events, 'paged', name, { source: [name] }, []);
    const first = await events.send(new ListRulesCommand({ EventBusName: 'paged', Limit: 2 }));
    const second = await events.send(
      new ListRulesCommand({ EventBusName: 'paged', Limit: 2, NextToken: first.NextToken }),
    );
    expect(first.Rules?.map((rule) => rule.Name)).toEqual(['a', 'b']);
    expect(second.Rules?.map((rule) => rule.Name)).toEqual(['c']);
    expect(second.NextToken).toBeUndefined();
  });

  it('replaces a rule without touching its targets', async () => {
    await createBus(events, 'replaced');
    const Arn = 'arn:aws:sqs:us-east-1:000000000000:replaced';
    await createRule(events, 'replaced', 'rule', { source: ['old'] }, [{ Id: 'q', Arn }]);
    await createRule(events, 'replaced', 'rule', { source: ['new'] }, []);
    const { Targets } = await events.send(
      new ListTargetsByRuleCommand({ Rule: 'rule', EventBusName: 'replaced' }),
    );
    const { EventPattern } = await events.send(
      new DescribeRuleCommand({ Name: 'rule', EventBusName: 'replaced' }),
    );
    expect(Targets).toHaveLength(1);
    expect(EventPattern).toBe('{"source":["new"]}');
  });

  it('tests a pattern against an event', async () => {
    const whole = {
      id: '1',
      account: '000000000000',
      source: 'shop',
      time: '2026-01-31T09:30:00Z',
      region: 'us-east-1',
      resources: [],
      'detail-type': 'Paid',
      detail: {},
    };
    const test = (source: string, event: object) =>
      events.send(
        new TestEventPatternCommand({
          EventPattern: JSON.stringify({ source: [source] }),
          Event: JSON.stringify(event),
        }),
      );
    expect((await test('shop', whole)).Result).toBe(true);
    expect((await test('bank', whole)).Result).toBe(false);
    await expect(test('shop', { source: 'shop' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('detail-type'),
    });
  });

  it('says which buses and rules are missing', async () => {
    const missing = { name: 'ResourceNotFoundException' };
    const rule = { Name: 'r', EventPattern: '{"source":["a"]}', EventBusName: 'ghost' };
    await expect(events.send(new PutRuleCommand(rule))).rejects.toMatchObject(missing);
    await expect(
      events.send(new PutTargetsCommand({ Rule: 'ghost', Targets: [{ Id: 'q', Arn: queueArn }] })),
    ).rejects.toMatchObject(missing);
    await expect(createBus(events, 'default')).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
  });
});

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:any';
