import * as z from 'zod';
import { AwsError } from '../../front/aws-error.ts';
import { defineOperation } from '../../front/operation.ts';
import { paginate } from '../../front/paginate.ts';
import { readQueueArn } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Target } from '../events-state.ts';
import { findBus, findRule } from '../find-rule.ts';
import { pageInput } from './inputs.ts';

/** PutTargets, RemoveTargets and ListTargetsByRule, for standard SQS queues. */
export function createTargetOperations({ state, save }: EventsDependencies) {
  return {
    PutTargets: defineOperation(putTargetsInput, ({ Rule, EventBusName, Targets }) => {
      const rule = findRule(findBus(state, EventBusName), Rule);
      const added = Targets.map(toTarget);
      const addedIds = new Set(added.map((target) => target.id));
      const targets = [...rule.targets.filter((target) => !addedIds.has(target.id)), ...added];
      if (targets.length > maxTargetsPerRule) {
        throw new AwsError(
          'LimitExceededException',
          `The requested resource exceeds the maximum number of ${maxTargetsPerRule} targets allowed.`,
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
const maxTargetsPerRule = 5;

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
