import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Choice } from './aws.ts';
import { createSqs, type Message } from './sqs.ts';

const START = Date.UTC(2026, 0, 31);
const DAY_MS = 86_400_000;

/** A queue with a dead-letter queue behind it; `chosen` answers what SQS may do one way or another. */
function build() {
  const chosen: Partial<Record<Choice, number>> = {};
  const state = { now: START, chosen };
  const lost: string[] = [];
  const sqs = createSqs({
    queues: [
      { name: 'dead', visibilityTimeoutSeconds: 30, retentionSeconds: (14 * DAY_MS) / 1000 },
      {
        name: 'live',
        visibilityTimeoutSeconds: 90,
        retentionSeconds: (4 * DAY_MS) / 1000,
        redrive: { deadLetterQueue: 'dead', maxReceiveCount: 3 },
      },
    ],
    now: () => state.now,
    choose: (count, choice) => Math.min(state.chosen[choice] ?? 0, count - 1),
    onLost: (queue: string, { body }: Message) => lost.push(`${queue}: ${body}`),
  });
  const QueueUrl = sqs.urlOf('live');
  const call = (name: string, input: object = {}) =>
    sqs.execute(`${name}Command`, { QueueUrl, ...input });
  const send = (MessageBody: string, more: object = {}) =>
    call('SendMessage', { MessageBody, ...more });
  const receive = (more: object = {}) =>
    received.parse(
      call('ReceiveMessage', {
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...more,
      }),
    ).Messages;
  return { state, lost, sqs, call, send, receive, dead: { QueueUrl: sqs.urlOf('dead') } };
}

const received = z.object({
  Messages: z
    .array(
      z.looseObject({
        Body: z.string(),
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Attributes: z.record(z.string(), z.string()),
      }),
    )
    .default([]),
});

const bodies = (messages: readonly { Body: string }[]) => messages.map(({ Body }) => Body);

it('hides a message that was received until its time is over, and tells when', () => {
  const { sqs, state, send, receive } = build();
  expect(sqs.nextVisibleAt('live')).toBeUndefined();
  send('a');
  expect(sqs.nextVisibleAt('live')).toBe(START);
  expect(bodies(receive())).toEqual(['a']);
  expect(sqs.nextVisibleAt('live')).toBe(START + 90_000);
  state.now += 89_999;
  expect(receive()).toEqual([]);
  state.now += 1;
  expect(receive()).toMatchObject([
    {
      Body: 'a',
      Attributes: {
        ApproximateReceiveCount: '2',
        SentTimestamp: String(START),
        ApproximateFirstReceiveTimestamp: String(START),
      },
    },
  ]);
});

it('moves a message that was received too often, with its id and its age', () => {
  const { state, send, receive, dead, sqs } = build();
  send('a', { MessageAttributes: { why: { DataType: 'String', StringValue: 'x' } } });
  const ids = Array.from({ length: 3 }, () => {
    const [message] = receive();
    state.now += 90_000;
    return message?.MessageId;
  });
  expect(receive()).toEqual([]);
  expect(sqs.counts('live')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(receive(dead)).toMatchObject([
    {
      MessageId: ids[0],
      Attributes: {
        SentTimestamp: String(START),
        DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:live',
      },
      MessageAttributes: { why: { StringValue: 'x' } },
    },
  ]);
});

it('loses what is older than the queue keeps, also in flight, and tells it', () => {
  const { state, lost, send, receive, sqs } = build();
  send('old');
  state.now += DAY_MS;
  send('new');
  state.now += 3 * DAY_MS - 1000;
  expect(receive({ MaxNumberOfMessages: 1 })).toHaveLength(1);
  state.now += 1000;
  expect([...sqs.messages('live')].map(({ body }) => body)).toEqual(['new']);
  expect(lost).toEqual(['live: old']);
  expect(bodies(receive())).toEqual(['new']);
});

it('delays a message and counts it as delayed', () => {
  const { state, send, receive, sqs } = build();
  send('a', { DelaySeconds: 10 });
  expect(sqs.counts('live')).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  expect(receive()).toEqual([]);
  state.now += 10_000;
  expect(bodies(receive())).toEqual(['a']);
  expect(sqs.counts('live')).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
});

describe('chance, which is the caller’s', () => {
  it('may hand messages out in another order', () => {
    const { state, send, receive } = build();
    for (const body of ['a', 'b', 'c']) send(body);
    state.chosen['message-order'] = 2;
    expect(bodies(receive())).toEqual(['c', 'b', 'a']);
  });

  it('may hand a message out twice at once', () => {
    const { state, call, send, receive } = build();
    send('a');
    state.chosen['message-duplicate'] = 1;
    const [first] = receive();
    state.chosen = {};
    const [second] = receive();
    expect(second?.MessageId).toBe(first?.MessageId);
    // The first receiver's handle is the older one: its delete deletes nothing.
    call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    state.now += 90_000;
    expect(bodies(receive())).toEqual(['a']);
  });

  it('may bring back a message that was deleted, once', () => {
    const { state, call, send, receive } = build();
    send('a');
    const [first] = receive();
    state.chosen['message-duplicate'] = 1;
    call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    state.now += 90_000;
    state.chosen = {};
    const [again] = receive();
    expect(again?.Body).toBe('a');
    state.chosen['message-duplicate'] = 1;
    call('DeleteMessage', { ReceiptHandle: again?.ReceiptHandle });
    state.now += 90_000;
    expect(receive()).toEqual([]);
  });
});

describe('a receipt handle', () => {
  it('deletes its message also when that is visible again', () => {
    const { state, call, send, receive } = build();
    send('a');
    const [message] = receive();
    state.now += 90_000;
    call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    expect(receive()).toEqual([]);
  });

  it('hides its message for at most 12 hours since the receive, and only while it is in flight', () => {
    const { state, call, send, receive } = build();
    send('a');
    const [message] = receive();
    const hide = (VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', {
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      });
    state.now += 1000;
    expect(() => hide(43_200)).toThrow(expect.objectContaining({ name: 'InvalidParameterValue' }));
    hide(43_199);
    hide(0);
    expect(() => hide(10)).toThrow(expect.objectContaining({ name: 'MessageNotInflight' }));
    const [again] = receive();
    expect(() => hide(10)).toThrow(expect.objectContaining({ name: 'InvalidParameterValue' }));
    call('DeleteMessage', { ReceiptHandle: again?.ReceiptHandle });
    expect(() => hide(10)).toThrow(expect.objectContaining({ name: 'InvalidParameterValue' }));
  });

  it('is one of this queue', () => {
    const { call, dead, send, receive } = build();
    send('a');
    const [message] = receive();
    const ReceiptHandle = message?.ReceiptHandle;
    const invalid = expect.objectContaining({ name: 'ReceiptHandleIsInvalid' });
    expect(() => call('DeleteMessage', { ReceiptHandle, ...dead })).toThrow(invalid);
    expect(() => call('DeleteMessage', { ReceiptHandle: 'nonsense' })).toThrow(invalid);
  });
});

describe('a message', () => {
  it.each([
    ['a body of any characters that XML takes', { MessageBody: 'é\u{1f600}\t\ufffd' }, undefined],
    ['a control character', { MessageBody: 'a\u0008' }, 'InvalidMessageContents'],
    ['half a character', { MessageBody: 'a\ud83d' }, 'InvalidMessageContents'],
    ['a non-character', { MessageBody: 'a\ufffe' }, 'InvalidMessageContents'],
    ['no body', { MessageBody: '' }, 'MissingParameter'],
    ['1 MiB', { MessageBody: 'x'.repeat(1_048_576) }, undefined],
    ['more', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    [
      'an empty attribute',
      { MessageBody: 'a', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValue',
    ],
    [
      'an attribute with a control character',
      { MessageBody: 'a', MessageAttributes: { a: { DataType: 'String', StringValue: '\u0001' } } },
      'InvalidParameterValue',
    ],
    [
      'eleven attributes',
      {
        MessageBody: 'a',
        MessageAttributes: Object.fromEntries(
          Array.from({ length: 11 }, (_, at) => [
            `a${at}`,
            { DataType: 'Number', StringValue: '1' },
          ]),
        ),
      },
      'InvalidParameterValue',
    ],
  ])('with %s is taken or refused as SQS does', (_what, input, error) => {
    const { call } = build();
    const send = () => call('SendMessage', input);
    if (error === undefined) expect(send()).toMatchObject({ MD5OfMessageBody: expect.any(String) });
    else expect(send).toThrow(expect.objectContaining({ name: error }));
  });

  it('fails alone in a batch', () => {
    const { call, receive } = build();
    const Entries = ['a', 'b\u0001', 'c'].map((MessageBody, at) => ({ Id: `${at}`, MessageBody }));
    expect(call('SendMessageBatch', { Entries })).toMatchObject({
      Successful: [{ Id: '0' }, { Id: '2' }],
      Failed: [{ Id: '1', Code: 'InvalidMessageContents', SenderFault: true }],
    });
    expect(bodies(receive())).toEqual(['a', 'c']);
  });
});

it('purges once a minute', () => {
  const { state, call, send, receive } = build();
  send('a');
  call('PurgeQueue');
  expect(receive()).toEqual([]);
  expect(() => call('PurgeQueue')).toThrow(
    expect.objectContaining({ name: 'PurgeQueueInProgress' }),
  );
  state.now += 60_000;
  expect(() => call('PurgeQueue')).not.toThrow();
});
