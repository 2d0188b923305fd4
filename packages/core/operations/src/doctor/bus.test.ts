import { expect, it } from 'vitest';
import { examineRules } from './bus.ts';
import { toSeenRule } from './read-bus.ts';

const queue = { name: 'tiers', arn: 'arn:aws:sqs:ap-south-1:123456789012:tiers' };
const delivery = { name: 'delivery', arn: 'arn:aws:sqs:ap-south-1:123456789012:delivery' };
const detailTypes = ['PaymentCompleted', 'PaymentFailed'] as const;
const rule = {
  Name: 'deployed-7F3',
  State: 'ENABLED' as const,
  EventPattern: JSON.stringify({ source: ['marketplace.payments'], 'detail-type': detailTypes }),
};
const target = { Id: 't', Arn: queue.arn, DeadLetterConfig: { Arn: delivery.arn } };
const examine = (...rules: ReturnType<typeof toSeenRule>[]) =>
  examineRules(rules, { bus: 'payments', detailTypes, queue, delivery });

it('says what a sound rule brings', () => {
  expect(examine(toSeenRule(rule, [target]))).toEqual({
    result: 'ok',
    words: ['PaymentCompleted, PaymentFailed'],
  });
});

it('judges a rule and its target by what EventBridge says of them, and says how to switch it on', () => {
  const found = toSeenRule({ Name: rule.Name, State: 'DISABLED' }, [
    { Id: 't', Arn: queue.arn, InputPath: '$.detail' },
  ]);
  expect(examine(found)).toEqual({
    result: 'wrong',
    words: [
      'the rule deployed-7F3 is DISABLED; should be ENABLED: aws events enable-rule --name deployed-7F3 --event-bus-name payments',
      'the rule deployed-7F3 matches no event',
      expect.stringContaining('should match'),
      'the rule deployed-7F3 changes the event before it sends it; should send it as it is',
      expect.stringContaining('its target has no dead-letter queue; should have delivery'),
    ],
  });
});

it('says what to do where no rule leads to the queue', () => {
  expect(examine()).toEqual({
    result: 'wrong',
    words: ['no rule of payments leads to this queue: deploy the stage again'],
  });
});
