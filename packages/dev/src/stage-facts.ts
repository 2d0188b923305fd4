import type { Frontend } from '@cloudnestle/contracts/frontend';
import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import type { Topology } from '@cloudnestle/topology/topology';

/** Where the PhonePe sandbox's API is on the gateway. */
const GATEWAY_API_PATH = '/phonepe/apis/pg-sandbox';

/** Where the token issuer is on the gateway. */
export const ISSUER_PATH = '/local-issuer';

/** The app client of the local token issuer. */
export const LOCAL_CLIENT_ID = 'local-client';

/** What the local stage knows; `url` is the gateway's origin. */
export function buildStageFacts(
  topology: Topology,
  options: {
    url: string;
    frontends: readonly Frontend[];
    retryScale: number;
    gatewayCallsPerSecond: number;
  },
): StageFacts {
  const { url, frontends, retryScale, gatewayCallsPerSecond } = options;
  const baseUrl = `${url}${GATEWAY_API_PATH}`;
  return {
    tableNames: defaultTableNames,
    indexNames: defaultIndexNames,
    secretNames: topology.secrets,
    eventBusName: topology.bus.name,
    metricNamespace: METRIC_NAMESPACE,
    gateway: { authUrl: `${baseUrl}/v1/oauth/token`, baseUrl },
    frontends: [
      { id: 'storefront', origin: url, returnUrl: `${url}/payment/callback` },
      ...frontends,
    ],
    solutionId: DEFAULT_SOLUTION_ID,
    mail: {
      from: 'payments@marketplace.example',
      supportAddress: 'support@marketplace.example',
      appUrl: url,
    },
    bankHolidays: [],
    retryScale,
    admins: { clientIds: [LOCAL_CLIENT_ID], group: 'admin', tokenUse: 'id' },
    gatewayCallsPerSecond,
    quotaUtcOffsetMinutes: 0,
  };
}

/** The same as the command line reads it: the secret `marketplace/payments/environment`. */
export function buildEnvironmentSecret(
  facts: StageFacts,
  provisioned: Provisioned,
  apiUrl: string,
): EnvironmentSecret {
  return {
    stage: 'local',
    apiUrl,
    gateway: facts.gateway,
    eventBusName: facts.eventBusName,
    tables: facts.tableNames,
    queues: provisioned.queues,
    deliveryDeadLetterUrl: provisioned.deliveryDeadLetterUrl,
    secrets: facts.secretNames,
    indexes: facts.indexNames,
    solutionId: facts.solutionId,
    mailFrom: facts.mail.from,
    admins: {
      issuer: `${apiUrl}${ISSUER_PATH}`,
      clientIds: [...facts.admins.clientIds],
      tokenUrl: `${apiUrl}${ISSUER_PATH}/token`,
    },
  };
}
