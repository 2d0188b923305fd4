import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../events-state.ts';
import type { LostEvent } from '../lost-event.ts';
import { createDeliverer } from './deliverer.ts';
import type { Delivery } from './delivery.ts';

const deadLetterArn = 'arn:aws:sqs:us-east-1:000000000000:dead';

describe('a deliverer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('delivers after its caller has gone on', () => {
    const { deliverer, sent } = build();
    deliverer.deliver(buildDelivery({}));
    expect(sent).toEqual([]);
    vi.runAllTimers();
    expect(sent).toEqual(['orders']);
  });

  it('tries at most five times again, growing slower, however patient the policy is', () => {
    const { deliverer, attempts } = build({ failing: ['orders'] });
    const startedAtMs = Date.now();
    deliverer.deliver(buildDelivery({ maximumRetryAttempts: 185 }));
    vi.runAllTimers();
    expect(attempts.filter((name) => name === 'orders')).toHaveLength(6);
    expect(Date.now() - startedAtMs).toBe(20 + 40 + 80 + 160 + 320);
  });

  it('delivers late to a queue that comes back while it is retried', () => {
    const failing = ['orders'];
    const { deliverer, sent } = build({ failing });
    deliverer.deliver(buildDelivery({}));
    vi.advanceTimersByTime(100);
    failing.pop();
    vi.runAllTimers();
    expect(sent).toEqual(['orders']);
  });

  it('does not try again when the policy forbids it', () => {
    const { deliverer, attempts, letters } = build({ failing: ['orders'] });
    deliverer.deliver(buildDelivery({ maximumRetryAttempts: 0, deadLetterArn }));
    vi.runAllTimers();
    expect(attempts).toEqual(['orders', 'dead']);
    expect(letters[0]).toMatchObject({ RETRY_ATTEMPTS: '0' });
  });

  it('gives up on an event that has become too old', () => {
    const { deliverer, letters } = build({ failing: ['orders'], msPerReading: 61_000 });
    deliverer.deliver(buildDelivery({ maximumEventAgeInSeconds: 60, deadLetterArn }));
    vi.runAllTimers();
    expect(letters).toEqual([
      expect.objectContaining({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' }),
    ]);
  });

  it.each([
    ['without a dead-letter queue', {}, ['orders'], 'and has no dead-letter queue'],
    [
      'whose dead-letter queue refuses it too',
      { deadLetterArn },
      ['orders', 'dead'],
      `nor to ${deadLetterArn} (Queue 'dead' not found)`,
    ],
  ])('names an event as lost, with rule and reasons, %s', (_what, target, failing, reason) => {
    const { deliverer, lost } = build({ failing });
    deliverer.deliver(buildDelivery(target));
    vi.runAllTimers();
    expect(lost).toEqual([
      { eventId: 'event', detailType: 'Paid', why: expect.stringContaining(reason) },
    ]);
    expect(lost[0]?.why).toMatch(
      /rule paid-orders could not deliver it to .*:orders \(Queue 'orders' not found\)/,
    );
  });

  it('loses no event that its dead-letter queue takes', () => {
    const { deliverer, letters, lost } = build({ failing: ['orders'] });
    deliverer.deliver(buildDelivery({ deadLetterArn }));
    vi.runAllTimers();
    expect(letters).toHaveLength(1);
    expect(lost).toEqual([]);
  });

  it('leaves nothing behind when it is drained', () => {
    const { deliverer, attempts, sent, letters } = build({ failing: ['orders'] });
    deliverer.deliver(buildDelivery({ deadLetterArn }));
    vi.advanceTimersByTime(20);
    deliverer.deliver(buildDelivery({ arn: 'arn:aws:sqs:us-east-1:000000000000:other' }));
    deliverer.drain();
    expect(sent).toEqual(['dead', 'other']);
    expect(letters).toHaveLength(1);
    const attemptsSoFar = attempts.length;
    vi.runAllTimers();
    expect(attempts).toHaveLength(attemptsSoFar);
  });
});

function build(options: { failing?: readonly string[]; msPerReading?: number } = {}) {
  const attempts: string[] = [];
  const sent: string[] = [];
  const letters: Record<string, string>[] = [];
  const lost: LostEvent[] = [];
  let readings = 0;
  const deliverer = createDeliverer({
    accountId: '000000000000',
    region: 'us-east-1',
    state: { buses: [] },
    save: () => {},
    nowMs: () => readings++ * (options.msPerReading ?? 0),
    newId: () => 'id',
    lose: (event) => lost.push(event),
    send: (queueName, _body, sending) => {
      attempts.push(queueName);
      if (options.failing?.includes(queueName)) throw new Error(`Queue '${queueName}' not found`);
      sent.push(queueName);
      const attributes = Object.entries(sending?.messageAttributes ?? {});
      if (attributes.length === 0) return;
      letters.push(
        Object.fromEntries(attributes.map(([name, value]) => [name, value.StringValue])),
      );
    },
  });
  return { deliverer, attempts, sent, letters, lost };
}

function buildDelivery(target: Partial<Target>): Delivery {
  return {
    busName: 'shop',
    ruleName: 'paid-orders',
    target: { id: 'q', arn: 'arn:aws:sqs:us-east-1:000000000000:orders', ...target },
    envelope: {
      version: '0',
      id: 'event',
      'detail-type': 'Paid',
      source: 'shop',
      account: '000000000000',
      time: '2026-01-31T09:30:00Z',
      region: 'us-east-1',
      resources: [],
      detail: {},
    },
  };
}
