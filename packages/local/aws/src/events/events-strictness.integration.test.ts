import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../start.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:any';
const target = { Id: 'q', Arn: queueArn };
const putTargets = (changes: object) => ({ Rule: 'rule', Targets: [{ ...target, ...changes }] });
const entry = { Source: 'shop', DetailType: 'Paid', Detail: '{}' };
const pattern = '{"source":["a"]}';

describe('EventBridge refuses what it would not do', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
    await call(cloud, 'PutRule', { Name: 'rule', EventPattern: pattern });
  });
  afterAll(() => cloud.stop());

  it.each([
    ['an operation it does not have', 'CreateArchive', {}],
    ['a name that is no operation', 'constructor', {}],
  ])('%s', async (_what, operation, input) => {
    expect(await call(cloud, operation, input)).toMatchObject({
      status: 400,
      body: {
        __type: 'UnknownOperationException',
      },
    });
  });

  it.each([
    ['an unknown parameter', 'PutEvents', { Entries: [entry], EndpointId: 'abc.def' }],
    ['an unknown parameter of an entry', 'PutEvents', { Entries: [{ ...entry, Subject: 'x' }] }],
    ['no entry', 'PutEvents', { Entries: [] }],
    ['eleven entries', 'PutEvents', { Entries: Array(11).fill(entry) }],
    ['no input at all', 'PutEvents', undefined],
    ['a schedule', 'PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)' }],
    ['a rule without a pattern', 'PutRule', { Name: 'r' }],
    ['a rule with a role', 'PutRule', { Name: 'r', EventPattern: pattern, RoleArn: 'arn:x' }],
    ['a rule with a bad name', 'PutRule', { Name: 'no spaces', EventPattern: pattern }],
    ['an unknown rule state', 'PutRule', { Name: 'r', EventPattern: pattern, State: 'ON' }],
    ['an event source on a bus', 'CreateEventBus', { Name: 'b', EventSourceName: 'aws.partner/x' }],
    ['deletion of the default bus', 'DeleteEventBus', { Name: 'default' }],
    ['a Lambda target', 'PutTargets', putTargets({ Arn: 'arn:aws:lambda:us-east-1:0:function:f' })],
    ['a FIFO queue as target', 'PutTargets', putTargets({ Arn: `${queueArn}.fifo` })],
    ['a fixed input', 'PutTargets', putTargets({ Input: '{}' })],
    ['an input path', 'PutTargets', putTargets({ InputPath: '$.detail' })],
    [
      'an input transformer',
      'PutTargets',
      putTargets({ InputTransformer: { InputTemplate: '1' } }),
    ],
    ['a message group', 'PutTargets', putTargets({ SqsParameters: { MessageGroupId: 'g' } })],
    ['186 retries', 'PutTargets', putTargets({ RetryPolicy: { MaximumRetryAttempts: 186 } })],
    ['an age of 59 s', 'PutTargets', putTargets({ RetryPolicy: { MaximumEventAgeInSeconds: 59 } })],
    [
      'a topic as dead-letter queue',
      'PutTargets',
      putTargets({ DeadLetterConfig: { Arn: 'arn:aws:sns:us-east-1:0:t' } }),
    ],
    ['a token of its own', 'ListRules', { NextToken: 'x' }],
  ])('%s', async (_what, operation, input) => {
    expect(await call(cloud, operation, input)).toMatchObject({
      status: 400,
      body: {
        __type: 'ValidationException',
        message: expect.any(String),
      },
    });
  });

  it('an operator a pattern may not use, when the rule is made', async () => {
    const input = { Name: 'r', EventPattern: '{"source":[{"cidr":"10.0.0.0/8"}]}' };
    expect(await call(cloud, 'PutRule', input)).toMatchObject({
      status: 400,
      body: {
        __type: 'InvalidEventPatternException',
        message: expect.stringContaining('cidr'),
      },
    });
  });

  it('a sixth target of a rule', async () => {
    const six = Array.from({ length: 6 }, (_, index) => ({ Id: `t${index}`, Arn: queueArn }));
    expect(await call(cloud, 'PutTargets', { Rule: 'rule', Targets: six })).toMatchObject({
      body: { __type: 'LimitExceededException' },
    });
  });
});

/** Calls without the SDK, whose own types would not let these inputs pass. */
async function call(
  cloud: LocalCloud,
  operation: string,
  input: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSEvents.${operation}`,
    },
    body: JSON.stringify(input) ?? '',
  });
  return { status: answer.status, body: await answer.json() };
}
