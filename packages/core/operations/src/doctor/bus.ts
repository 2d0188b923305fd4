import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { nameIn } from '@cloudnestle/topology/judge/problem';
import {
  judgeRules,
  type RuleProblem,
  type SeenRule,
  type WantedRule,
} from '@cloudnestle/topology/judge/rules';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { Subscription } from '@cloudnestle/topology/types';
import { type Check, judge, share, type Verdict, wrong } from './check.ts';
import { knowQueue, type ReadQueue } from './queue-facts.ts';
import { hasBus, readRules } from './read-bus.ts';

/** The bus, and what leads from it to every subscriber's queue. */
export function checkBus(
  stage: EnvironmentSecret,
  events: EventBridgeClient,
  readQueue: ReadQueue,
): Check[] {
  const busName = stage.eventBusName;
  const rulesOf = share((name) => readRules(events, name));
  const checkRule = ({ subscriber, detailTypes, queue }: Subscription): Check => {
    const url = stage.queues[subscriber]?.url ?? queue;
    return {
      check: 'rules',
      subject: `to ${nameIn(url)}`,
      asks: 'events:ListRules and events:ListTargetsByRule',
      look: async () =>
        examineRules(await rulesOf(busName), {
          bus: busName,
          detailTypes,
          queue: await knowQueue(url, readQueue),
          delivery: await knowQueue(stage.deliveryDeadLetterUrl, readQueue),
        }),
    };
  };
  return [
    {
      check: 'bus',
      subject: busName,
      asks: 'events:DescribeEventBus',
      look: async () =>
        judge(
          (await hasBus(events, busName)) ? [] : ['there is no such bus: deploy the stage again'],
          'is there',
        ),
    },
    ...subscriptions.map(checkRule),
  ];
}

/** Whether one rule, and only one, brings a queue its events as they are, and loses none. */
export function examineRules(rules: readonly SeenRule[] | undefined, wanted: WantedRule): Verdict {
  if (!rules) return wrong(`there is no bus ${wanted.bus}`);
  return judge(
    judgeRules(rules, wanted).map((problem) => describeProblem(problem, wanted.bus)),
    wanted.detailTypes.join(', '),
  );
}

function describeProblem({ fact, rule, words }: RuleProblem, busName: string): string {
  if (fact === 'none') return `${words}: deploy the stage again`;
  return fact === 'state'
    ? `${words}: aws events enable-rule --name ${rule} --event-bus-name ${busName}`
    : words;
}
