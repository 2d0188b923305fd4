import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import { DEFAULT_SOLUTION_ID, planIds } from '@cloudnestle/payments/catalogue';
import { buildEnvironmentSecret } from '@cloudnestle/topology/build-environment-secret';
import {
  buildFunctionEnvironment,
  type StageFacts,
} from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { defaultIndexNames, defaultTableNames } from '@cloudnestle/topology/tables';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionName } from '@cloudnestle/topology/types';
import { queueUrl } from '../aws/account.ts';

/** The admin that operators sign in as. */
export const adminClaims = {
  sub: 'operator-1',
  token_use: 'id',
  aud: 'simulated-admins',
  'cognito:groups': '[admin]',
};

const facts: StageFacts = {
  tableNames: defaultTableNames,
  indexNames: defaultIndexNames,
  secretNames: topology.secrets,
  environmentSecretName: topology.environmentSecret,
  eventBusName: topology.bus.name,
  metricNamespace: METRIC_NAMESPACE,
  gateway: {
    authUrl: 'https://gateway.example/apis/identity-manager/v1/oauth/token',
    baseUrl: 'https://gateway.example/apis/pg',
  },
  frontends: [
    {
      id: 'marketplace',
      origin: 'https://marketplace.example',
      returnUrl: 'https://marketplace.example/payment/callback',
    },
  ],
  solutionId: DEFAULT_SOLUTION_ID,
  mail: {
    from: 'payments@marketplace.example',
    supportAddress: 'support@marketplace.example',
    appUrl: 'https://marketplace.example',
  },
  bankHolidays: [],
  retryScale: 1,
  admins: {
    clientIds: [adminClaims.aud],
    group: 'admin',
    lookGroup: 'look',
    repairGroup: 'repair',
    tokenUse: 'id',
  },
  gatewayCallsPerSecond: 25,
  quotaUtcOffsetMinutes: 0,
  passReminderDays: 3,
  plansOnSale: planIds,
  seller: {
    legalName: 'CloudNestle Technologies Private Limited',
    address: '17 Residency Road, Bengaluru 560025',
    gstin: '29AAGCB7383J1Z4',
    stateCode: '29',
    sac: { standard: '998439', plans: {} },
    signatory: 'Meera Iyer, Director',
    seriesPrefix: '',
  },
};

/** Every queue by the function that works on it. */
const workQueues = [
  ...topology.subscriptions.map((each) => ({ ...each, name: each.subscriber })),
  { ...topology.jobQueue, name: topology.jobQueue.function },
];

/** The stage as the command line knows it. */
export const environmentSecret = buildEnvironmentSecret('simulation', facts, {
  apiUrl: 'https://api.example',
  issuer: 'https://issuer.example',
  deliveryDeadLetterUrl: queueUrl(topology.deliveryDeadLetterQueue),
  queues: Object.fromEntries(
    workQueues.map(({ name, queue, deadLetterQueue }) => [
      name,
      { url: queueUrl(queue), deadLetterUrl: queueUrl(deadLetterQueue) },
    ]),
  ),
});

/** A function's environment, as the deployed one gets it. */
export function environmentOf(name: FunctionName): Record<string, string> {
  const own = workQueues.find((each) => each.name === name);
  return buildFunctionEnvironment(
    findFunction(name),
    facts,
    own && {
      url: queueUrl(own.queue),
      deadLetterUrl: queueUrl(own.deadLetterQueue),
    },
  );
}
