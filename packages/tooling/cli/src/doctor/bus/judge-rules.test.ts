import { expect, it } from 'vitest';
import { judgeRules } from './judge-rules.ts';

const queue = { name: 'tiers', arn: 'arn:aws:sqs:ap-south-1:123456789012:tiers' };
const delivery = { name: 'delivery', arn: 'arn:aws:sqs:ap-south-1:123456789012:delivery' };
const wanted = { bus: 'payments', detailTypes: ['Paid', 'Failed'], queue, delivery };
const target = { Id: 't', Arn: queue.arn, DeadLetterConfig: { Arn: delivery.arn } };
const pattern = { source: ['marketplace.payments'], 'detail-type': ['Failed', 'Paid'] };
const sound = {
  name: 'deployed-7F3',
  state: 'ENABLED',
  pattern: JSON.stringify(pattern),
  targets: [{ Id: 'archive', Arn: 'arn:aws:events:ap-south-1:123456789012:archive' }, target],
};
const stranger = { ...sound, name: 'stranger', targets: [{ Id: 'x', Arn: `${queue.arn}-other` }] };

it('finds the rule by where it leads, and compares what it matches as sets', () => {
  expect(judgeRules([stranger, sound], wanted)).toEqual({ result: 'ok', words: ['Paid, Failed'] });
});

it.each([
  [{ state: 'DISABLED' }, 'is DISABLED; should be ENABLED: aws events enable-rule --name deployed'],
  [{ pattern: undefined }, 'matches no event'],
  [{ pattern: JSON.stringify({ ...pattern, 'detail-type': ['Paid'] }) }, '"detail-type":["Paid"]}'],
  [
    { pattern: JSON.stringify({ ...pattern, 'detail-type': ['Paid', 'Failed', 'Odd'] }) },
    'matches {"source"',
  ],
  [{ pattern: JSON.stringify({ ...pattern, source: ['shop'] }) }, 'matches {"source":["shop"]'],
  [{ pattern: JSON.stringify({ source: pattern.source }) }, 'matches {"source"'],
  [{ pattern: JSON.stringify({ ...pattern, detail: { a: ['b'] } }) }, '"detail":{"a":["b"]}'],
  [
    { pattern: JSON.stringify({ ...pattern, 'detail-type': [{ prefix: 'Pa' }] }) },
    '{"prefix":"Pa"}',
  ],
  [{ targets: [{ ...target, InputPath: '$.detail' }] }, 'changes the event before it sends it'],
  [{ targets: [{ Id: 't', Arn: queue.arn }] }, 'its target has no dead-letter queue; should have'],
  [
    { targets: [{ ...target, DeadLetterConfig: { Arn: `${delivery.arn}-2` } }] },
    'sends what it cannot deliver to delivery-2; should be delivery',
  ],
])('says what is wrong with a rule that %j', (damage, words) => {
  const verdict = judgeRules([{ ...sound, ...damage }], wanted);
  expect(verdict.result).toBe('wrong');
  expect(verdict.words.join('; ')).toContain(words);
});

it('says what a rule should match', () => {
  const [is, should] = judgeRules([{ ...sound, pattern: '{}' }], wanted).words;
  expect(is).toBe('the rule deployed-7F3 matches {}');
  expect(should).toContain(
    'should match {"source":["marketplace.payments"],"detail-type":["Paid","Failed"]}',
  );
});

it.each([
  ['no rule', [stranger]],
  [
    'a rule to a queue of that name elsewhere',
    [{ ...sound, targets: [{ ...target, Arn: 'arn:aws:sqs:us-east-1:1:tiers' }] }],
  ],
])('is wrong where %s leads to the queue', (_what, rules) => {
  expect(judgeRules(rules, wanted)).toEqual({
    result: 'wrong',
    words: ['no rule of payments leads to this queue: deploy the stage again'],
  });
});

it('is wrong where two lead to the queue', () => {
  const { result, words } = judgeRules([sound, { ...sound, name: 'second' }], wanted);
  expect(result).toBe('wrong');
  expect(words[0]).toContain('events come twice: deployed-7F3, second');
});

it('goes by the name of a queue that cannot be asked', () => {
  expect(judgeRules([sound], { ...wanted, queue: { name: 'tiers', arn: undefined } }).result).toBe(
    'ok',
  );
});
