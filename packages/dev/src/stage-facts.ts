import type { Frontend } from '@cloudnestle/contracts/frontend';
import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { StageAddresses } from '@cloudnestle/topology/build-environment-secret';
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

/** The local stage's addresses, for the secret that the command line reads. */
export function buildStageAddresses(provisioned: Provisioned, apiUrl: string): StageAddresses {
  const issuer = `${apiUrl}${ISSUER_PATH}`;
  return { ...provisioned, apiUrl, issuer, tokenUrl: `${issuer}/token` };
}
