import * as z from 'zod';
import {
  type Check,
  readResources,
  readRoles,
  type Statement,
  statementsSchema,
  types,
} from './read.ts';

const managedSchema = z.object({ name: z.string(), policy: statementsSchema });
const queuePolicySchema = z.object({ policy: statementsSchema });

/** No policy of a function, a schedule, a queue or an operator says "all", but where AWS offers nothing narrower. */
export const checkWildcards: Check = (graph) => {
  const roles = readRoles(graph);
  return [
    ...roles.flatMap(({ inputs }) =>
      inputs.inlinePolicies.flatMap(({ policy }) => findWildcards(inputs.name, policy)),
    ),
    ...roles.flatMap(({ inputs }) =>
      inputs.managedPolicyArns.map((arn) => `${inputs.name} has ${arn}, which is none of ours`),
    ),
    ...readResources(graph, types.policy, managedSchema).flatMap(({ inputs }) =>
      findWildcards(inputs.name, inputs.policy),
    ),
    ...readResources(graph, types.queuePolicy, queuePolicySchema).flatMap(({ resource, inputs }) =>
      findWildcards(resource.name, inputs.policy),
    ),
    ...graph.resources
      .filter(({ type }) =>
        /^aws:iam\/(rolePolicy|.*[aA]ttachment|user|group|accessKey)/.test(type),
      )
      .map(({ name, type }) => `${name} (${type}) gives rights past the roles that are checked`),
  ];
};

function findWildcards(who: string, statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action = [], Resource = [], NotAction, NotResource, Principal }) => [
    ...(NotAction || NotResource ? [`${who} says what is not allowed, not what is`] : []),
    ...(Principal === '*' || JSON.stringify(Principal ?? '').includes('"*"')
      ? [`${who} is open to every caller`]
      : []),
    ...Action.filter((action) => /[*?]/.test(action)).map((action) => `${who} may do ${action}`),
    ...Resource.filter((resource) => /[*?]/.test(resource) && !isAllowed(Action, resource)).map(
      (resource) => `${who} may do ${Action.join(', ')} on ${resource}`,
    ),
  ]);
}

function isAllowed(actions: readonly string[], resource: string): boolean {
  return allowedWildcards.some(
    (allowed) =>
      allowed.resource.test(resource) && actions.every((each) => allowed.actions.includes(each)),
  );
}

/** A resource that no policy can name further, and why. */
interface AllowedWildcard {
  actions: readonly string[];
  resource: RegExp;
  reason: string;
}

/** The only wildcards anywhere. */
export const allowedWildcards: readonly AllowedWildcard[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:\/aws\/lambda\/[a-z0-9-]+:log-stream:\*$/,
    reason:
      'Lambda names the log streams of a function when it starts one; the log group is its own',
  },
  {
    actions: ['events:ListRules', 'ses:GetAccount', 'cloudwatch:DescribeAlarms'],
    resource: /^\*$/,
    reason:
      'AWS knows no resource for these; they read names of rules, the state of the account, and of alarms',
  },
];
