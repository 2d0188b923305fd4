import { expect, it } from 'vitest';
import { judgeRules, type SeenRule, type WantedRule } from './rules.ts';

const queue = { name: 'tiers', arn: 'arn:aws:sqs:ap-south-1:123456789012:tiers' };
const delivery = { name: 'delivery', arn: 'arn:aws:sqs:ap-south-1:123456789012:delivery' };
const wanted: WantedRule = {
  bus: 'payments',
  detailTypes: ['PaymentCompleted', 'PaymentFailed'],
  queue,
  delivery,
};
const target = { arn: queue.arn, deadLetterArn: delivery.arn, isChanged: false };
const pattern = {
  source: ['marketplace.payments'],
  'detail-type': ['PaymentFailed', 'PaymentCompleted'],
};
const archive = {
  arn: 'arn:aws:events:ap-south-1:123456789012:archive',
  deadLetterArn: undefined,
  isChanged: false,
};
const sound: SeenRule = {
  name: 'deployed-7F3',
  state: 'ENABLED',
  pattern: JSON.stringify(pattern),
  targets: [archive, target],
};
const stranger: SeenRule = {
  ...sound,
  name: 'stranger',
  targets: [{ ...target, arn: `${queue.arn}-other` }],
};
const judge = (rules: readonly SeenRule[], changes: Partial<WantedRule> = {}) =>
  judgeRules(rules, { ...wanted, ...changes }).map(({ words }) => words);

it('finds the rule by where it leads, and compares what it matches as sets', () => {
  expect(judge([stranger, sound])).toEqual([]);
});

it.each([
  [{ state: 'DISABLED' }, 'is DISABLED; should be ENABLED'],
  [{ pattern: undefined }, 'matches no event'],
  [{ pattern: 'no JSON' }, 'matches no JSON'],
  [{ pattern: 'null' }, 'matches null'],
  [
    { pattern: JSON.stringify({ ...pattern, 'detail-type': ['PaymentFailed'] }) },
    '"detail-type":["PaymentFailed"]}',
  ],
  [
    { pattern: JSON.stringify({ ...pattern, 'detail-type': [...pattern['detail-type'], 'Odd'] }) },
    'matches {"source"',
  ],
  [{ pattern: JSON.stringify({ ...pattern, source: ['shop'] }) }, 'matches {"source":["shop"]'],
  [{ pattern: JSON.stringify({ source: pattern.source }) }, 'matches {"source"'],
  [{ pattern: JSON.stringify({ ...pattern, detail: { a: ['b'] } }) }, '"detail":{"a":["b"]}'],
  [
    { pattern: JSON.stringify({ ...pattern, 'detail-type': [{ prefix: 'Pa' }] }) },
    '{"prefix":"Pa"}',
  ],
  [{ targets: [{ ...target, isChanged: true }] }, 'changes the event before it sends it'],
  [
    { targets: [{ ...target, deadLetterArn: undefined }] },
    'its target has no dead-letter queue; should have delivery',
  ],
  [
    { targets: [{ ...target, deadLetterArn: `${delivery.arn}-2` }] },
    'sends what it cannot deliver to delivery-2; should be delivery',
  ],
])('says what is wrong with a rule that %j', (damage, words) => {
  const found = judge([{ ...sound, ...damage }]);
  expect(found[0]).toMatch(/^the rule deployed-7F3 /);
  expect(found.join('; ')).toContain(words);
});

it('says what a rule should match', () => {
  const [is, should] = judge([{ ...sound, pattern: '{}' }]);
  expect(is).toBe('the rule deployed-7F3 matches {}');
  expect(should).toContain(
    'should match {"source":["marketplace.payments"],"detail-type":["PaymentCompleted","PaymentFailed"]}',
  );
});

it.each([
  ['no rule', [stranger]],
  [
    'a rule to a queue of that name elsewhere',
    [{ ...sound, targets: [{ ...target, arn: 'arn:aws:sqs:us-east-1:1:tiers' }] }],
  ],
])('is wrong where %s leads to the queue', (_what, rules) => {
  expect(judge(rules)).toEqual(['no rule of payments leads to this queue']);
});

it('is wrong where two lead to the queue', () => {
  expect(judge([sound, { ...sound, name: 'second' }])).toEqual([
    '2 rules or targets lead here, so events come twice: deployed-7F3, second',
  ]);
});

it('goes by the name of a queue whose ARN is not known', () => {
  expect(judge([sound], { queue: { name: 'tiers', arn: undefined } })).toEqual([]);
});
