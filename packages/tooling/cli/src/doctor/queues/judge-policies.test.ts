import { expect, it } from 'vitest';
import { judgePolicies } from './judge-policies.ts';

const statement = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
};
const judgeOne = (...statements: object[]) =>
  judgePolicies([{ name: 'tiers', policy: JSON.stringify({ Statement: statements }) }]);

it.each([
  ['one statement', statement],
  ['lists', { ...statement, Principal: { Service: ['events.amazonaws.com'] }, Action: ['SQS:*'] }],
  ['everybody', { ...statement, Principal: '*' }],
])('lets EventBridge in by %s', (_what, open) => {
  expect(judgeOne({ Effect: 'Deny', Principal: '*', Action: 'sqs:*' }, open).result).toBe('ok');
});

it.each([
  ['refuses', { ...statement, Effect: 'Deny' }],
  ['lets another service send', { ...statement, Principal: { Service: 'sns.amazonaws.com' } }],
  ['lets an account send', { ...statement, Principal: { AWS: '123456789012' } }],
  ['lets EventBridge only look', { ...statement, Action: 'sqs:GetQueueUrl' }],
])('is wrong where a policy %s', (_what, closed) => {
  expect(judgeOne(closed)).toEqual({
    result: 'wrong',
    words: ['tiers does not let EventBridge send: deploy the stage again'],
  });
});

it('is wrong where one queue of several has none, or one that nobody can read', () => {
  const policy = JSON.stringify({ Statement: statement });
  const { result, words } = judgePolicies([
    { name: 'open', policy },
    { name: 'bare', policy: undefined },
    { name: 'odd', policy: 'no JSON' },
  ]);
  expect(result).toBe('wrong');
  expect(words.map((each) => each.split(' ')[0])).toEqual(['bare', 'odd']);
});

it('says nothing where no queue has any: that may be an endpoint that asks for none', () => {
  const queues = ['a', 'b'].map((name) => ({ name, policy: undefined }));
  expect(judgePolicies(queues).result).toBe('not checked');
});
