import { functions } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import { buildFacts } from '../build-facts.ts';
import type { Stage } from '../config/read-stage.ts';
import type { Check } from './check.ts';
import { listGrants } from './list-grants.ts';
import { readRoles } from './read/read-roles.ts';
import { findDifferences } from './same.ts';

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
  const own = topology.subscriptions.find(({ subscriber }) => subscriber === definition.name);
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

function listMailGrants({ config, names }: Stage): string[] {
  const { identity, sandboxRecipients } = config.mail;
  const set = identity.kind === 'created' ? names.bus : identity.configurationSet;
  return [
    ...[identity.name, ...sandboxRecipients].map((each) => `identity/${each}`),
    ...(set === undefined ? [] : [`configuration-set/${set}`]),
  ].map((resource) => `ses:SendEmail on ${resource}`);
}
