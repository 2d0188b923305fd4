import { isDeepStrictEqual } from 'node:util';
import { functions } from '@cloudnestle/topology/functions';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Stage } from '../../config/read-stage.ts';
import { buildFacts } from '../../environment.ts';
import {
  type Check,
  findDifferences,
  readFunctionsByName,
  readRoles,
  type Statement,
} from './read.ts';

/** Each function may do exactly the calls that the topology says it makes, on exactly what it makes them; no more, no less. */
export const checkPermissions: Check = (graph, stage) => {
  const roles = new Map(readRoles(graph).map(({ inputs }) => [inputs.name, inputs]));
  return functions.flatMap((definition) => {
    const name = stage.names.functionNameOf(definition.name);
    const statements = roles.get(name)?.inlinePolicies.flatMap(({ policy }) => policy) ?? [];
    return findDifferences(name, {
      found: listGrants(statements),
      wanted: listWanted(definition, stage),
    });
  });
};

function listWanted(definition: FunctionDefinition, stage: Stage): string[] {
  const { names } = stage;
  const facts = buildFacts(stage, []);
  const own =
    topology.subscriptions.find(({ subscriber }) => subscriber === definition.name) ??
    (topology.jobQueue.function === definition.name ? topology.jobQueue : undefined);
  return [
    ...definition.tables.flatMap(({ table, actions, queries = [] }) => [
      ...actions.map((action) => `dynamodb:${action} on table/${facts.tableNames[table]}`),
      ...queries.map(
        (index) =>
          `dynamodb:Query on table/${facts.tableNames[table]}/index/${facts.indexNames[index]}`,
      ),
    ]),
    ...definition.secrets.map(
      (key) => `secretsmanager:GetSecretValue on secret:${facts.secretNames[key]}`,
    ),
    ...(definition.settings.includes('environment')
      ? [`secretsmanager:GetSecretValue on secret:${names.environmentSecret}`]
      : []),
    ...listLetterGrants(definition, stage),
    ...(definition.examines ? listExaminingGrants(stage) : []),
    ...(definition.publishes ? [`events:PutEvents on event-bus/${names.bus}`] : []),
    ...(definition.sendsMail ? listMailGrants(stage) : []),
    ...(own
      ? [
          ...[
            'ReceiveMessage',
            'DeleteMessage',
            'GetQueueAttributes',
            'ChangeMessageVisibility',
          ].map((action) => `sqs:${action} on ${names.nameOf(own.queue)}`),
          `sqs:SendMessage on ${names.nameOf(own.deadLetterQueue)}`,
        ]
      : []),
    ...['CreateLogStream', 'PutLogEvents'].map(
      (action) =>
        `logs:${action} on log-group:/aws/lambda/${names.functionNameOf(definition.name)}:log-stream:*`,
    ),
  ];
}

/** What it takes to count messages, to see dead letters, to move them and to start jobs. */
function listLetterGrants({ letters, startsJobs }: FunctionDefinition, { names }: Stage): string[] {
  const works = [...topology.subscriptions, topology.jobQueue];
  const live = works.map(({ queue }) => names.nameOf(queue));
  const dead = [
    ...works.map(({ deadLetterQueue }) => names.nameOf(deadLetterQueue)),
    names.nameOf(topology.deliveryDeadLetterQueue),
  ];
  const allow = (action: string, on: readonly string[]) =>
    on.map((name) => `sqs:${action} on ${name}`);
  return [
    ...(letters
      ? [
          ...allow('GetQueueAttributes', [...live, ...dead]),
          ...allow('ReceiveMessage', dead),
          ...allow('ChangeMessageVisibility', dead),
        ]
      : []),
    ...(letters === 'move'
      ? [...allow('DeleteMessage', dead), ...allow('SendMessage', [...live, ...dead])]
      : []),
    ...(startsJobs ? allow('SendMessage', [names.nameOf(topology.jobQueue.queue)]) : []),
  ];
}

/** What the doctor's checks read. */
function listExaminingGrants({ names, config }: Stage): string[] {
  return [
    ...Object.values({ ...names.tables, ...config.existingTables }).flatMap((name) => [
      `dynamodb:DescribeTable on table/${name}`,
      `dynamodb:DescribeContinuousBackups on table/${name}`,
    ]),
    `events:DescribeEventBus on event-bus/${names.bus}`,
    ...topology.subscriptions.map(
      ({ queue }) => `events:ListTargetsByRule on rule/${names.bus}/${names.nameOf(queue)}`,
    ),
    ...listSenderIdentities(config.mail.from).map(
      (each) => `ses:GetEmailIdentity on identity/${each}`,
    ),
    'events:ListRules on *',
    'ses:GetAccount on *',
    'cloudwatch:DescribeAlarms on *',
  ];
}

function listMailGrants({ config, names }: Stage): string[] {
  const { identity, sandboxRecipients } = config.mail;
  const set = identity.kind === 'created' ? names.bus : identity.configurationSet;
  return [
    ...[identity.name, ...sandboxRecipients].map((each) => `identity/${each}`),
    ...(set === undefined ? [] : [`configuration-set/${set}`]),
  ].map((resource) => `ses:SendEmail on ${resource}`);
}

/** `dynamodb:GetItem on table/marketplace-users` for every action and resource that statements allow. */
export function listGrants(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Effect, Action = [], Resource = [], Condition }) => {
    const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    const of = keys === undefined ? '' : ` of ${keys.join(', ')}`;
    return Effect === 'Allow'
      ? Action.flatMap((action) =>
          Resource.map((arn) => `${action} on ${withoutAccount(arn)}${of}`),
        )
      : [];
  });
}

/** Of `arn:aws:sqs:us-east-1:123456789012:queue` the queue; a secret's name without the letters AWS adds. */
function withoutAccount(arn: string): string {
  return arn
    .replace(/^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)/, '')
    .replace(/^(secret:.*)-[A-Za-z0-9]{6}$/, '$1');
}

/** A function's role is Lambda's to assume, a schedule's the scheduler's for this account; no person's, no other's. */
export const checkTrust: Check = (graph) => {
  const functions = readFunctionsByName(graph);
  return readRoles(graph).flatMap(({ inputs: { name, assumeRolePolicy } }) => {
    const [trust, ...more] = assumeRolePolicy;
    const service = functions.has(name) ? 'lambda.amazonaws.com' : 'scheduler.amazonaws.com';
    const services = trust && typeof trust.Principal === 'object' ? trust.Principal : {};
    const isNarrow =
      more.length === 0 &&
      isDeepStrictEqual(services, { Service: [service] }) &&
      isDeepStrictEqual(trust?.Action, ['sts:AssumeRole']) &&
      (functions.has(name) || trust?.Condition?.StringEquals?.['aws:SourceAccount'] !== undefined);
    return isNarrow ? [] : [`${name} can be assumed by others than ${service}`];
  });
};
