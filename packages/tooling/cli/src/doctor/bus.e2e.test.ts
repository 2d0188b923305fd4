import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { subscriberNames, subscribers } from '@cloudnestle/topology/subscribers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { type Subject, startSubject } from './testing/subject.ts';

let subject: Subject;
let events: EventBridgeClient;

beforeAll(async () => {
  subject = await startSubject();
  events = new EventBridgeClient({});
});
afterAll(async () => {
  events?.destroy();
  await subject?.stop();
});

const EventBusName = 'marketplace-payments';
const Name = 'marketplace-payments-tiers';
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const delivery = 'marketplace-payments-delivery-dlq';
const sound = { source: ['marketplace.payments'], 'detail-type': [...subscribers.tiers.hears] };
const target = { Id: 'tiers', Arn: arnOf(Name), DeadLetterConfig: { Arn: arnOf(delivery) } };

const putRule = (pattern: object, name = Name) =>
  events.send(
    new PutRuleCommand({ EventBusName, Name: name, EventPattern: JSON.stringify(pattern) }),
  );
const putTarget = (target_: typeof target | Pick<typeof target, 'Id' | 'Arn'>, Rule = Name) =>
  events.send(new PutTargetsCommand({ EventBusName, Rule, Targets: [target_] }));
const removeTarget = (Rule = Name) =>
  events.send(new RemoveTargetsCommand({ EventBusName, Rule, Ids: ['tiers'] }));

beforeEach(async () => {
  await putRule(sound);
  await putTarget(target);
});
afterEach(async () => {
  await removeTarget('more').catch(() => undefined);
  await events.send(new DeleteRuleCommand({ EventBusName, Name: 'more' }));
});

it.each([
  [
    'that is disabled',
    () => events.send(new DisableRuleCommand({ EventBusName, Name })),
    `is DISABLED; should be ENABLED: aws events enable-rule --name ${Name} --event-bus-name ${EventBusName}`,
  ],
  [
    'with another detail type',
    () => putRule({ ...sound, 'detail-type': ['PaymentFailed'] }),
    'matches {"source":["marketplace.payments"],"detail-type":["PaymentFailed"]}',
  ],
  [
    'whose target has no dead-letter queue',
    () => putTarget({ Id: target.Id, Arn: target.Arn }),
    `loses what it cannot deliver: its target has no dead-letter queue; should have ${delivery}`,
  ],
])('says what is wrong with a rule %s', async (_what, damage, words) => {
  await damage();
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toEqual([expect.stringContaining(`rules | to ${Name} | the rule ${Name} `)]);
  expect(wrong[0]).toContain(words);
});

it('compares what a rule matches as sets, whatever the rule is called', async () => {
  await removeTarget();
  const types = sound['detail-type'].toReversed();
  await putRule({ 'detail-type': types, source: sound.source }, 'more');
  await putTarget(target, 'more');
  expect(await subject.examine()).toMatchObject({ exitCode: 0, wrong: [] });
});

it('says that nothing leads to a queue', async () => {
  await removeTarget();
  const { exitCode, wrong } = await subject.examine();
  expect({ exitCode, wrong }).toEqual({
    exitCode: 1,
    wrong: [
      `rules | to ${Name} | no rule of ${EventBusName} leads to this queue: deploy the stage again`,
    ],
  });
});

it('says that the bus is not there', async () => {
  await subject.keep(environmentSecret, (value) => ({
    ...z.looseObject({}).parse(value),
    eventBusName: 'other-bus',
  }));
  const { exitCode, wrong } = await subject.examine();
  expect(exitCode).toBe(1);
  expect(wrong).toEqual([
    'bus | other-bus | there is no such bus: deploy the stage again',
    ...subscriberNames.map(() => expect.stringMatching(/there is no bus other-bus$/)),
  ]);
});
