import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { type Check, type Finding, runChecks } from '@cloudnestle/operations/doctor/check';
import { listStageChecks, type StageClients } from '@cloudnestle/operations/doctor/stage-checks';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { checkGateway, checkMerchant, checkWebhook } from './gateway.ts';
import { checkSecrets, createSecretReader } from './secrets.ts';

/**
 * What every check of the stage found: those that functions can make as well, and those that take an operator's own rights
 * and place (the secrets, the gateway with them, the webhook's endpoint from outside).
 */
export async function examineFromTerminal(stage: EnvironmentSecret): Promise<Finding[]> {
  const secrets = new SecretsManagerClient({});
  const clients: StageClients = {
    dynamo: createDynamoClient(),
    events: createEventBridgeClient(),
    ses: createSesClient(),
    sqs: createSqsClient(),
  };
  const readSecret = createSecretReader(secrets);
  const [parts, paths] = splitBefore('mail', listStageChecks(stage, clients));
  const checks: Check[] = [
    ...parts,
    ...checkSecrets(stage, readSecret),
    ...paths,
    checkGateway(stage, readSecret),
    checkMerchant(stage, readSecret),
    checkWebhook(stage),
  ];
  try {
    return await runChecks(checks);
  } finally {
    for (const client of [secrets, ...Object.values(clients)]) client.destroy();
  }
}

/** What a stage has, and then what it reaches: that is the order in which operators read the findings. */
function splitBefore(concern: string, checks: readonly Check[]): [Check[], Check[]] {
  const at = checks.findIndex(({ check }) => check === concern);
  return [checks.slice(0, at), checks.slice(at)];
}
