import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { checkBus } from './bus.ts';
import type { Check } from './check.ts';
import { checkMail } from './mail.ts';
import { createQueueReader } from './queue-facts.ts';
import { checkPolicies, checkQueues } from './queues.ts';
import { checkBackups, checkTables } from './tables.ts';

/** All that these checks ask. Every call brings its own deadline. */
export interface StageClients {
  dynamo: DynamoDBDocumentClient;
  events: EventBridgeClient;
  ses: SESv2Client;
  sqs: SQSClient;
}

/**
 * The checks of a stage's parts against the topology, concern by concern: a function that may describe them can make these as
 * well as the command line. What only the command line checks, in `packages/tooling/cli/src/doctor`: the secrets' shape and
 * the gateway, which take the secrets themselves, and the webhook's endpoint, which must be called from outside.
 */
export function listStageChecks(stage: EnvironmentSecret, clients: StageClients): Check[] {
  const isProduction = stage.stage === PRODUCTION;
  const readQueue = createQueueReader(clients.sqs);
  return [
    ...checkQueues(stage, readQueue),
    checkPolicies(stage, readQueue),
    ...checkTables(stage, clients.dynamo),
    ...checkBackups(stage, clients.dynamo, { isProduction }),
    ...checkMail(stage, clients.ses, { isProduction }),
    ...checkBus(stage, clients.events, readQueue),
  ];
}
