import { createAdmins } from './admins.ts';
import { createAlerts } from './alarms.ts';
import { createApi } from './api.ts';
import { createBus, createRules } from './bus.ts';
import type { Stage } from './config/read-stage.ts';
import { createConsole } from './console.ts';
import { buildFacts, createEnvironmentSecret, writeEnvironment } from './environment.ts';
import { createFunctions, subscribeFunctions } from './functions.ts';
import { createMail } from './mail.ts';
import { createMonitoring } from './monitoring.ts';
import { createOperatorPolicies } from './operators.ts';
import { createQueues } from './queues.ts';
import { createSchedules } from './schedules.ts';
import { createSecrets } from './secrets.ts';
import { createStorefront } from './storefront.ts';
import { createTables } from './tables.ts';

/** Everything of a stage. What is returned, SST prints after a deployment. */
export async function deployStage(stage: Stage) {
  const alerts = createAlerts(stage);
  const tables = createTables(stage);
  const secrets = createSecrets(stage);
  const bus = createBus(stage);
  const queues = createQueues(stage);
  const rules = createRules(stage, bus, queues);
  const mail = createMail(stage);
  const admins = createAdmins(stage);
  const environment = createEnvironmentSecret(stage);
  const parts = { stage, tables, secrets, bus, rules, queues, mail };
  const resources = { ...parts, environmentSecret: environment };
  const facts = admins.clientIds.apply((clientIds) => buildFacts(stage, clientIds));
  const functions = createFunctions(stage, resources, facts);
  subscribeFunctions(queues, functions);
  const api = createApi(stage, functions, admins);
  const storefront = await createStorefront(stage, api.url);
  const console = await createConsole(stage, api.url, admins);
  createSchedules(stage, functions);
  createMonitoring(stage, { alerts, api, mail });
  writeEnvironment(stage, { secret: environment, facts, queues, admins, apiUrl: api.url });
  const operators = createOperatorPolicies(stage, resources, environment, admins);
  return {
    api: api.url,
    storefront: storefront?.url,
    console: console?.url,
    admins: admins.issuer,
    alerts: alerts.arn,
    mailDkimTokens: mail.dkimTokens,
    operatorsWhoLook: operators.look.arn,
    operatorsWhoRepair: operators.repair.arn,
  };
}
