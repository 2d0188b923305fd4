import { expect, it } from 'vitest';
import { buildFacts } from '../testing/queue-facts.ts';
import { judgeDeadLetterQueue } from './judge-dead-letter-queue.ts';

it.each([
  [0, 'no letters'],
  [1, '1 letter: payments dlq triage'],
  [12, '12 letters: payments dlq triage'],
])('with %i letters is ok, and says where to look', (ApproximateNumberOfMessages, words) => {
  const facts = buildFacts({ ApproximateNumberOfMessages });
  expect(judgeDeadLetterQueue(facts)).toEqual({ result: 'ok', words: [words] });
});

it('is wrong where letters vanish from it: too early, or into another queue', () => {
  const RedrivePolicy = { deadLetterTargetArn: 'arn:aws:sqs:r:1:next', maxReceiveCount: 5 };
  expect(
    judgeDeadLetterQueue(buildFacts({ MessageRetentionPeriod: 345_600, RedrivePolicy })),
  ).toEqual({
    result: 'wrong',
    words: [
      'has a redrive policy of its own, to next: letters vanish from here; should have none',
      'keeps messages 4 days; should be 14 days',
    ],
  });
});

it('is wrong where there is none', () => {
  expect(judgeDeadLetterQueue(undefined).result).toBe('wrong');
});
