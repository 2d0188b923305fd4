import {
  type Rule as AwsRule,
  DescribeEventBusCommand,
  type EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  ResourceNotFoundException,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { SeenRule } from '@cloudnestle/topology/judge/rules';
import { deadline } from './check.ts';

/** Whether there is a bus of that name. */
export async function hasBus(events: EventBridgeClient, Name: string): Promise<boolean> {
  try {
    await events.send(new DescribeEventBusCommand({ Name }), deadline());
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** All rules of a bus; undefined where there is no such bus. */
export async function readRules(
  events: EventBridgeClient,
  bus: string,
): Promise<SeenRule[] | undefined> {
  try {
    const rules: SeenRule[] = [];
    for (const rule of await listRules(events, bus)) {
      const name = rule.Name ?? '';
      const targets = await listTargets(events, bus, name);
      rules.push(toSeenRule(rule, targets));
    }
    return rules;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** A rule with all its targets, for the judge of rules. */
export function toSeenRule(rule: AwsRule, targets: readonly Target[]): SeenRule {
  return {
    name: rule.Name ?? '',
    state: rule.State ?? '',
    pattern: rule.EventPattern,
    targets: targets.map(({ Arn = '', DeadLetterConfig, Input, InputPath, InputTransformer }) => ({
      arn: Arn,
      deadLetterArn: DeadLetterConfig?.Arn,
      isChanged: (Input ?? InputPath ?? InputTransformer) !== undefined,
    })),
  };
}

function listRules(events: EventBridgeClient, EventBusName: string): Promise<AwsRule[]> {
  return readPages(async (NextToken) => {
    const page = await events.send(new ListRulesCommand({ EventBusName, NextToken }), deadline());
    return { items: page.Rules, next: page.NextToken };
  });
}

function listTargets(
  events: EventBridgeClient,
  EventBusName: string,
  Rule: string,
): Promise<Target[]> {
  return readPages(async (NextToken) => {
    const question = new ListTargetsByRuleCommand({ EventBusName, Rule, NextToken });
    const page = await events.send(question, deadline());
    return { items: page.Targets, next: page.NextToken };
  });
}

async function readPages<Item>(
  read: (
    token: string | undefined,
  ) => Promise<{ items: Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    items.push(...(page.items ?? []));
    token = page.next;
  } while (token !== undefined);
  return items;
}
