import type { Frontend } from '@cloudnestle/contracts/frontend';
import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { DEFAULT_SOLUTION_ID, planIds } from '@cloudnestle/payments/catalogue';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import type { StageAddresses } from '@cloudnestle/topology/build-environment-secret';
import {
  DEFAULT_REFUND_DUPLICATES,
  type StageFacts,
} from '@cloudnestle/topology/function-environment';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import type { Topology } from '@cloudnestle/topology/topology';

/** Where the PhonePe sandbox's API is on the HTTP API. */
const GATEWAY_API_PATH = '/phonepe/apis/pg-sandbox';

/** Where the token issuer is on the HTTP API. */
export const ISSUER_PATH = '/local-issuer';

/** A seller for trying: the GSTIN is well made, and no company's. */
const demoSeller: StageFacts['seller'] = {
  legalName: 'CloudNestle Demo Private Limited',
  address: '17 Residency Road, Bengaluru 560025',
  gstin: '29AAGCB7383J1Z4',
  stateCode: '29',
  sac: { standard: '998439', plans: {} },
  signatory: 'Authorised signatory',
  seriesPrefix: '',
};

/** The name of the local stage, and where it would be. */
export const LOCAL_STAGE = 'local';
export const LOCAL_REGION = 'us-east-1';

/** The group of the local user pool whose members may use the admin route. */
export const LOCAL_ADMIN_GROUP = 'admin';
/** The one whose members may see everything in the console. */
export const LOCAL_LOOK_GROUP = 'look';
/** And the one whose members may change things and pay money back. */
export const LOCAL_REPAIR_GROUP = 'repair';

/** The app clients of the local user pool: of pages, of the console, and of terminals. */
export const LOCAL_CLIENT_ID = 'local-client';
export const LOCAL_CONSOLE_CLIENT_ID = 'local-console-client';
export const LOCAL_TERMINAL = {
  userPoolId: 'us-east-1_LocalAdmins',
  clientId: 'local-terminal-client',
};

/** What the local stage knows; `url` is the HTTP API's origin. */
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
    environmentSecretName: topology.environmentSecret,
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
    admins: {
      clientIds: [LOCAL_CLIENT_ID, LOCAL_CONSOLE_CLIENT_ID, LOCAL_TERMINAL.clientId],
      group: LOCAL_ADMIN_GROUP,
      lookGroup: LOCAL_LOOK_GROUP,
      repairGroup: LOCAL_REPAIR_GROUP,
      tokenUse: 'id',
    },
    gatewayCallsPerSecond,
    quotaUtcOffsetMinutes: 0,
    passReminderDays: 3,
    refundDuplicates: { ...DEFAULT_REFUND_DUPLICATES, enabled: true },
    plansOnSale: planIds,
    seller: demoSeller,
  };
}

/** The local stage's addresses, for the secret that the command line reads. An endpoint of others has no user pool of ours. */
export function buildStageAddresses(
  provisioned: Provisioned,
  apiUrl: string,
  options: { hasUserPool: boolean },
): StageAddresses {
  const issuer = `${apiUrl}${ISSUER_PATH}`;
  const terminal = options.hasUserPool ? LOCAL_TERMINAL : undefined;
  return { ...provisioned, apiUrl, issuer, terminal, tokenUrl: `${issuer}/token` };
}
