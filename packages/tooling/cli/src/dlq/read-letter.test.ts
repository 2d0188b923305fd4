import { readLetter } from '@cloudnestle/operations/letters/read-letter';
import { maskText } from '@cloudnestle/operations/words/mask';
import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { describe, expect, it } from 'vitest';
import { exhausted, toBody } from '../testing/dead-letters.ts';

const subscribers = {
  tiers: 'marketplace-payments-tiers',
  notifications: 'marketplace-payments-mail',
};
const event = sampleCompleted();
const { data, metadata } = event.detail;

function read(body: string, attributes: Record<string, string | undefined> = {}, queue = 'tiers') {
  const message = {
    MessageId: 'message-1',
    ReceiptHandle: 'handle-1',
    Body: body,
    Attributes: { SentTimestamp: '1769853600000' },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]),
    ),
  };
  return readLetter(message, { name: queue }, subscribers);
}

it('tells the event, the failure and who replayed it before', () => {
  const replay = {
    replayedBy: 'user/anna',
    replayedAt: '2026-01-31T10:00:00.000Z',
    replayCount: '2',
  };
  expect(read(toBody(event), { ...exhausted('throttled'), ...replay })).toMatchObject({
    messageId: 'message-1',
    sentAt: new Date('2026-01-31T10:00:00.000Z'),
    event: {
      eventId: metadata.eventId,
      detailType: 'PaymentCompleted',
      transactionId: data.transactionId,
      merchantOrderId: data.merchantOrderId,
      userId: data.userId,
      occurredAt: metadata.occurredAt,
    },
    failure: { kind: 'exhausted', reason: 'throttled', attempts: 8 },
    replay,
    subscriber: 'tiers',
    obstacle: undefined,
  });
});

it.each([
  ['no attributes', {}],
  ['attributes of another sender', { failureReason: 'mine', other: 'thing' }],
])('says of a letter with %s that SQS moved it without a reason', (_what, attributes) => {
  expect(read(toBody(event), attributes).failure).toEqual({
    kind: 'moved',
    reason: 'no reason: SQS moved it after a crash or a timeout',
  });
});

describe('what can never succeed', () => {
  const withoutPlan = structuredClone<unknown>(JSON.parse(toBody(event)));
  if (typeof withoutPlan === 'object' && withoutPlan && 'detail' in withoutPlan) {
    Object.assign(withoutPlan, { detail: { metadata, data: { ...data, plan: undefined } } });
  }
  it.each([
    ['no JSON', 'text', /no JSON/],
    ['no event', '{"a":1}', /no event/],
    ['a detail that lacks a field', JSON.stringify(withoutPlan), /schema mismatch.*plan/],
    ['an event that the subscriber does not take', toBody(sampleFailed()), /no contract/],
  ])('is said of %s', (_what, body, obstacle) => {
    expect(read(body).obstacle).toMatch(obstacle);
  });

  it('still tells as much of the event as can be read', () => {
    expect(read(JSON.stringify(withoutPlan)).event).toMatchObject({
      eventId: metadata.eventId,
      transactionId: data.transactionId,
    });
    expect(read('text').event).toEqual({});
  });
});

describe('what EventBridge could not deliver', () => {
  const undelivered = (queue: string) => ({
    RULE_ARN: 'arn:aws:events:ap-south-1:123456789012:rule/bus/rule',
    TARGET_ARN: `arn:aws:sqs:ap-south-1:123456789012:${queue}`,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'not\u001b[31m allowed',
    RETRY_ATTEMPTS: '3',
  });

  it('goes to the subscriber whose queue was the target, by the name that the stage has for it', () => {
    expect(read(toBody(event), undelivered('marketplace-payments-mail'), 'delivery')).toMatchObject(
      {
        subscriber: 'notifications',
        failure: {
          kind: 'undelivered',
          reason: 'not delivered: NO_PERMISSIONS: not [31m allowed',
          attempts: 4,
        },
      },
    );
  });

  it('goes nowhere where the target is a queue of another account', () => {
    const message = {
      MessageId: 'message-1',
      ReceiptHandle: 'handle-1',
      Attributes: { SentTimestamp: '1769853600000' },
      MessageAttributes: Object.fromEntries(
        Object.entries(undelivered('tiers')).map(([name, StringValue]) => [
          name,
          { DataType: 'String', StringValue },
        ]),
      ),
    };
    const readFor = (account: string) =>
      readLetter(message, { name: 'delivery' }, { tiers: `http://127.0.0.1:1/${account}/tiers` });
    expect(readFor('123456789012').subscriber).toBe('tiers');
    expect(readFor('999999999999').subscriber).toBeUndefined();
  });

  it('goes nowhere where the target is no queue of the stage, or is not said', () => {
    expect(read(toBody(event), undelivered('other'), 'delivery').subscriber).toBeUndefined();
    expect(read(toBody(event), {}, 'delivery')).toMatchObject({
      subscriber: undefined,
      failure: { reason: 'no reason: EventBridge wrote none' },
    });
  });
});

it('lets no text from outside steer a terminal', () => {
  const body = JSON.stringify({
    ...JSON.parse(toBody(event)),
    'detail-type': 'a\u001b]0;title\u0007b',
  });
  expect(read(body).event.detailType).toBe('a ]0;title b');
});

it.each([
  ['9'.repeat(400), undefined],
  ['1000000', undefined],
  ['999999', '999999'],
])('takes a replay count of %s for %s', (replayCount, expected) => {
  expect(read(toBody(event), { replayedBy: 'user/anna', replayCount }).replay).toEqual(
    expected === undefined
      ? { replayedBy: 'user/anna' }
      : { replayedBy: 'user/anna', replayCount: expected },
  );
});

it('leaves an address whole that a sender cut with what does not show, so that it can be masked', () => {
  const { failure } = read(toBody(event), exhausted('refused an\u200bna\u2060@exa\u00admple.com'));
  expect(maskText(failure.reason)).toBe('refused a***@example.com');
});

it('keeps what others wrote beside it to the byte, and nothing that a failure or a replay wrote', () => {
  const message = {
    MessageId: 'message-1',
    ReceiptHandle: 'handle-1',
    Body: toBody(event),
    Attributes: { SentTimestamp: '1769853600000' },
    MessageAttributes: {
      ...Object.fromEntries(
        Object.entries({
          ...exhausted('busy'),
          replayedBy: 'user/anna',
          RULE_ARN: 'arn:x',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        }).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
      traceparent: { DataType: 'String', StringValue: 'a\u001b[2Jb' },
      count: { DataType: 'Number', StringValue: '7' },
      seal: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    },
  };
  const letter = readLetter(message, { name: 'tiers' }, subscribers);
  expect(letter.foreign).toEqual({
    traceparent: { DataType: 'String', StringValue: 'a\u001b[2Jb' },
    count: { DataType: 'Number', StringValue: '7' },
    seal: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
  });
  expect(letter.attributes.traceparent).toBe('a [2Jb');
});
