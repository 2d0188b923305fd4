import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';
import { defineOperation, paginate } from '../front/operation.ts';
import type { EventsDependencies } from './dependencies.ts';
import {
  type Bus,
  createEventsArns,
  findBus,
  findRule,
  type Rule,
  readQueueArn,
  type Target,
} from './events-state.ts';
import { compilePattern } from './pattern/compile-pattern.ts';

/** A custom bus name as EventBridge allows it. */
export const busName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,256}$/, 'must be 1 to 256 of letters, digits, ".", "-" and "_"');

/** A rule name as EventBridge allows it. */
const ruleName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of letters, digits, ".", "-" and "_"');

/** What every list operation takes. */
export const pageInput = z.strictObject({
  NamePrefix: z.string().optional(),
  Limit: z.int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
});

/** A rule by name, on a bus given by name or ARN. */
const ruleInput = z.strictObject({ Name: z.string(), EventBusName: z.string().optional() });

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

/** PutTargets, RemoveTargets and ListTargetsByRule, for standard SQS queues. */
export function createTargetOperations({ state, save }: EventsDependencies) {
  return {
    PutTargets: defineOperation(putTargetsInput, ({ Rule, EventBusName, Targets }) => {
      const rule = findRule(findBus(state, EventBusName), Rule);
      const added = Targets.map(toTarget);
      const addedIds = new Set(added.map((target) => target.id));
      const targets = [...rule.targets.filter((target) => !addedIds.has(target.id)), ...added];
      if (targets.length > MAX_TARGETS_PER_RULE) {
        throw new AwsError(
          'LimitExceededException',
          `The requested resource exceeds the maximum number of ${MAX_TARGETS_PER_RULE} targets allowed.`,
        );
      }
      rule.targets = targets;
      save();
      return { FailedEntryCount: 0, FailedEntries: [] };
    }),
    RemoveTargets: defineOperation(removeTargetsInput, ({ Rule, EventBusName, Ids }) => {
      const rule = findRule(findBus(state, EventBusName), Rule);
      const unknown = Ids.filter((id) => !rule.targets.some((target) => target.id === id));
      rule.targets = rule.targets.filter((target) => !Ids.includes(target.id));
      save();
      return {
        FailedEntryCount: unknown.length,
        FailedEntries: unknown.map((id) => ({
          TargetId: id,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${Rule} does not have a target with id ${id}.`,
        })),
      };
    }),
    ListTargetsByRule: defineOperation(
      listTargetsInput,
      ({ Rule, EventBusName, Limit = 100, NextToken }) => {
        const { targets } = findRule(findBus(state, EventBusName), Rule);
        const page = paginate(targets, Limit, NextToken);
        return { Targets: page.items.map(describe), NextToken: page.nextToken };
      },
    ),
  };
}

/** EventBridge's own limit. */
const MAX_TARGETS_PER_RULE = 5;

const standardQueueArn = z.string().refine(
  (arn) => {
    const queueName = readQueueArn(arn);
    return queueName !== undefined && !queueName.endsWith('.fifo');
  },
  {
    error: 'must be the ARN of a standard SQS queue: other kinds of targets are not supported here',
  },
);

const targetInput = z.strictObject({
  Id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of letters, digits, ".", "-", "_"'),
  Arn: standardQueueArn,
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: standardQueueArn.optional() }).optional(),
});

const rule = { Rule: z.string(), EventBusName: z.string().optional() };

const putTargetsInput = z.strictObject({ ...rule, Targets: z.array(targetInput).min(1).max(100) });

const removeTargetsInput = z.strictObject({ ...rule, Ids: z.array(z.string()).min(1).max(100) });

const listTargetsInput = pageInput.omit({ NamePrefix: true }).extend(rule);

function toTarget(input: z.infer<typeof targetInput>): Target {
  return {
    id: input.Id,
    arn: input.Arn,
    maximumRetryAttempts: input.RetryPolicy?.MaximumRetryAttempts,
    maximumEventAgeInSeconds: input.RetryPolicy?.MaximumEventAgeInSeconds,
    deadLetterArn: input.DeadLetterConfig?.Arn,
  };
}

function describe(target: Target) {
  const { maximumRetryAttempts, maximumEventAgeInSeconds, deadLetterArn } = target;
  return {
    Id: target.id,
    Arn: target.arn,
    ...((maximumRetryAttempts ?? maximumEventAgeInSeconds) !== undefined && {
      RetryPolicy: {
        MaximumRetryAttempts: maximumRetryAttempts,
        MaximumEventAgeInSeconds: maximumEventAgeInSeconds,
      },
    }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
  };
}
