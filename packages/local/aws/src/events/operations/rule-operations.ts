import * as z from 'zod';
import { AwsError } from '../../front/aws-error.ts';
import { defineOperation } from '../../front/operation.ts';
import { paginate } from '../../front/paginate.ts';
import { createEventsArns } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Bus, Rule } from '../events-state.ts';
import { findBus, findRule } from '../find-rule.ts';
import { compilePattern } from '../pattern/compile-pattern.ts';
import { pageInput, ruleInput, ruleName } from './inputs.ts';

/** PutRule, DescribeRule, ListRules, DeleteRule, EnableRule and DisableRule. */
export function createRuleOperations({ state, save, ...owner }: EventsDependencies) {
  const arns = createEventsArns(owner);
  const describe = (bus: Bus, rule: Rule) => ({
    Name: rule.name,
    Arn: arns.rule(bus.name, rule.name),
    EventPattern: rule.pattern,
    State: rule.state,
    EventBusName: bus.name,
    ...(rule.description !== undefined && { Description: rule.description }),
  });
  const setState = (to: Rule['state']) =>
    defineOperation(ruleInput, ({ Name, EventBusName }) => {
      findRule(findBus(state, EventBusName), Name).state = to;
      save();
      return {};
    });
  return {
    PutRule: defineOperation(putRuleInput, (input) => {
      const bus = findBus(state, input.EventBusName);
      compilePattern(input.EventPattern);
      const existing = bus.rules.find((rule) => rule.name === input.Name);
      const rule: Rule = {
        name: input.Name,
        pattern: input.EventPattern,
        state: input.State ?? 'ENABLED',
        description: input.Description,
        targets: existing?.targets ?? [],
      };
      bus.rules = [...bus.rules.filter((candidate) => candidate !== existing), rule];
      save();
      return { RuleArn: arns.rule(bus.name, rule.name) };
    }),
    DescribeRule: defineOperation(ruleInput, ({ Name, EventBusName }) => {
      const bus = findBus(state, EventBusName);
      return { ...describe(bus, findRule(bus, Name)), CreatedBy: owner.accountId };
    }),
    ListRules: defineOperation(
      pageInput.extend({ EventBusName: z.string().optional() }),
      ({ EventBusName, NamePrefix = '', Limit = 100, NextToken }) => {
        const bus = findBus(state, EventBusName);
        const rules = bus.rules.filter((rule) => rule.name.startsWith(NamePrefix));
        const page = paginate(rules, Limit, NextToken);
        return { Rules: page.items.map((rule) => describe(bus, rule)), NextToken: page.nextToken };
      },
    ),
    DeleteRule: defineOperation(ruleInput, ({ Name, EventBusName }) => {
      const bus = findBus(state, EventBusName);
      const rule = bus.rules.find((candidate) => candidate.name === Name);
      if (rule && rule.targets.length > 0) {
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      }
      bus.rules = bus.rules.filter((candidate) => candidate !== rule);
      save();
      return {};
    }),
    EnableRule: setState('ENABLED'),
    DisableRule: setState('DISABLED'),
  };
}

const putRuleInput = z.strictObject({
  Name: ruleName,
  EventPattern: z.string().max(4096),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  Description: z.string().max(512).optional(),
  EventBusName: z.string().optional(),
});
