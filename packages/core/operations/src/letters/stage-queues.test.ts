import { expect, it } from 'vitest';
import { isQueue } from './stage-queues.ts';

const onAws = 'https://sqs.ap-south-1.amazonaws.com/123456789012/tiers';
const embedded = 'http://127.0.0.1:4566/123456789012/tiers';

it.each([
  ['arn:aws:sqs:ap-south-1:123456789012:tiers', onAws, true],
  ['arn:aws:sqs:ap-south-1:999999999999:tiers', onAws, false],
  ['arn:aws:sqs:eu-west-1:123456789012:tiers', onAws, false],
  ['arn:aws:sqs:ap-south-1:123456789012:mail', onAws, false],
  ['arn:aws:sqs:us-east-1:123456789012:tiers', embedded, true],
  ['arn:aws:sqs:us-east-1:999999999999:tiers', embedded, false],
  ['tiers', embedded, false],
])('takes %s for the queue of %s: %s', (arn, url, expected) => {
  expect(isQueue(arn, url)).toBe(expected);
});
