import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { DEFAULT_PLANS_ON_SALE, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { buildEnvironmentSecret } from '@cloudnestle/topology/build-environment-secret';
import {
  buildFunctionEnvironment,
  type StageFacts,
} from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import type { FunctionName } from '@cloudnestle/topology/types';
import type { TestCloud } from './cloud.ts';

/** The app client whose tokens the admin route takes. */
export const TEST_CLIENT_ID = 'test-client-id';

interface TestStage {
  gatewayUrl?: string;
  retryScale?: number;
  plansOnSale?: readonly string[];
}

/** A function's environment on a test cloud, as the deployed one would get it. Retries come back at once. */
export function testEnvironment(
  cloud: TestCloud,
  name: FunctionName,
  options: TestStage = {},
): Record<string, string> {
  return buildFunctionEnvironment(
    findFunction(name),
    testFacts(cloud, options),
    cloud.provisioned.queues[name],
  );
}

/** Writes the stage's names and addresses down where operators' tools find them. */
export async function writeTestStage(
  cloud: TestCloud,
  options: TestStage & { stage?: string } = {},
): Promise<void> {
  const { stage = 'test' } = options;
  const value = buildEnvironmentSecret(stage, testFacts(cloud, options), {
    ...cloud.provisioned,
    apiUrl: 'https://api.example',
    issuer: 'https://issuer.example',
  });
  await cloud.writeSecret(cloud.topology.environmentSecret, value);
}

function testFacts({ topology }: TestCloud, options: TestStage): StageFacts {
  const { gatewayUrl = 'http://127.0.0.1:1', retryScale = 0 } = options;
  return {
    tableNames: defaultTableNames,
    indexNames: defaultIndexNames,
    secretNames: topology.secrets,
    environmentSecretName: topology.environmentSecret,
    eventBusName: topology.bus.name,
    metricNamespace: METRIC_NAMESPACE,
    gateway: {
      authUrl: `${gatewayUrl}/v1/oauth/token`,
      baseUrl: gatewayUrl,
    },
    frontends: [
      {
        id: 'marketplace',
        origin: 'https://marketplace.example',
        returnUrl: 'https://marketplace.example/payment/callback',
      },
      {
        id: 'search-app',
        origin: 'https://search.example',
        returnUrl: 'https://search.example/paid',
      },
    ],
    solutionId: DEFAULT_SOLUTION_ID,
    mail: {
      from: 'payments@marketplace.example',
      supportAddress: 'support@marketplace.example',
      appUrl: 'https://marketplace.example',
    },
    bankHolidays: [],
    retryScale,
    admins: {
      clientIds: [TEST_CLIENT_ID],
      group: 'admin',
      lookGroup: 'look',
      repairGroup: 'repair',
      tokenUse: 'id',
    },
    gatewayCallsPerSecond: 1000,
    quotaUtcOffsetMinutes: 0,
    passReminderDays: 3,
    seller: {
      legalName: 'CloudNestle Technologies Private Limited',
      address: '17 Residency Road, Bengaluru 560025',
      gstin: '29AAGCB7383J1Z4',
      stateCode: '29',
      sac: { standard: '998439', plans: {} },
      signatory: 'Meera Iyer, Director',
      seriesPrefix: '',
    },
    plansOnSale: options.plansOnSale ?? DEFAULT_PLANS_ON_SALE,
  };
}
