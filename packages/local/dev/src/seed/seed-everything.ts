import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { parseJson } from '@cloudnestle/contracts/json';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { type ParsedCredentials, parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import { writeSecret } from '@cloudnestle/provisioning/secrets';
import { buildEnvironmentSecret } from '@cloudnestle/topology/build-environment-secret';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import type { Topology } from '@cloudnestle/topology/topology';
import type { RunClients } from '../aws/connect-aws.ts';
import { type DemoUser, demoUsers } from '../demo-users.ts';
import { buildStageAddresses, LOCAL_STAGE } from '../stage-facts.ts';
import { buildEntitlementItems, buildUserItem, type DemoItemOptions } from './demo-items.ts';
import { localCredentials } from './local-credentials.ts';

/** Puts secrets and demo users where they are missing; returns the gateway's credentials as they stand now. */
export async function seedEverything(options: {
  clients: RunClients;
  topology: Topology;
  facts: StageFacts;
  provisioned: Provisioned;
  url: string;
  hasUserPool: boolean;
  demoData: boolean;
}): Promise<ParsedCredentials> {
  const { clients, topology, facts, provisioned, url, hasUserPool, demoData } = options;
  const addresses = buildStageAddresses(provisioned, url, { hasUserPool });
  const environment = buildEnvironmentSecret(LOCAL_STAGE, facts, addresses);
  const [credentials] = await Promise.all([
    seedSecrets(clients.secrets, topology, environment),
    demoData &&
      seedDemoUsers({
        dynamo: clients.documents,
        usersTable: facts.tableNames.users,
        entitlementsTable: facts.tableNames.entitlements,
        solutionId: facts.solutionId,
        newToken: () => `tok_perm_${randomBytes(16).toString('hex')}`,
        now: new Date(),
      }),
  ]);
  return credentials;
}

/**
 * Seeds the three secrets. The gateway's credentials and the token secret stay as they are where they exist; the
 * environment's names and addresses belong to this run and are written anew. Returns the credentials that hold now.
 */
async function seedSecrets(
  secrets: SecretsManagerClient,
  topology: Topology,
  environment: EnvironmentSecret,
): Promise<ParsedCredentials> {
  const { gatewayCredentials, tokenSecret } = topology.secrets;
  const [credentials] = await Promise.all([
    keepSecret(secrets, gatewayCredentials, localCredentials),
    keepSecret(secrets, tokenSecret, { tokenSecret: randomBytes(32).toString('hex') }),
    writeSecret(secrets, topology.environmentSecret, environmentSecretSchema.parse(environment)),
  ]);
  return parsePhonePeCredentials(credentials);
}

/**
 * Creates a secret, or leaves the one that is there as it is, and returns its content: the parsed JSON, or undefined
 * where it is none. A secret that is there is never overwritten.
 */
async function keepSecret(
  secrets: SecretsManagerClient,
  name: string,
  value: unknown,
): Promise<unknown> {
  try {
    const SecretString = JSON.stringify(value);
    await secrets.send(new CreateSecretCommand({ Name: name, SecretString }));
    return value;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  const kept = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  return parseJson(kept.SecretString ?? '');
}

interface SeedUsersOptions extends DemoItemOptions {
  dynamo: DynamoDBDocumentClient;
  usersTable: string;
  entitlementsTable: string;
}

/** Puts the demo users where they are missing; a user that is there already keeps its state. */
async function seedDemoUsers(options: SeedUsersOptions): Promise<void> {
  await Promise.all(demoUsers.map((user) => seedUser(user, options)));
}

/** The row comes last: it is what says that the user is complete. */
async function seedUser(user: DemoUser, options: SeedUsersOptions): Promise<void> {
  const { dynamo, usersTable, entitlementsTable, now } = options;
  const key = { userId: user.userId };
  const found = await dynamo.send(
    new GetCommand({ TableName: usersTable, Key: key, ConsistentRead: true }),
  );
  if (found.Item) return;
  for (const item of buildEntitlementItems(user, options)) {
    await putIfAbsent(dynamo, entitlementsTable, 'pk', item);
  }
  await putIfAbsent(dynamo, usersTable, 'userId', buildUserItem(user, now));
}

async function putIfAbsent(
  dynamo: DynamoDBDocumentClient,
  table: string,
  key: string,
  item: Record<string, unknown>,
): Promise<void> {
  try {
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': key },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
