import { randomBytes } from 'node:crypto';
import type { ParsedCredentials } from '@cloudnestle/phonepe/credentials';
import type { Provisioned } from '@cloudnestle/provisioning/provision';
import { buildEnvironmentSecret } from '@cloudnestle/topology/build-environment-secret';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import type { Topology } from '@cloudnestle/topology/topology';
import type { RunClients } from '../aws/create-clients.ts';
import { buildStageAddresses } from '../stage-facts.ts';
import { seedDemoUsers } from './seed-demo-users.ts';
import { seedSecrets } from './seed-secrets.ts';

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
  const environment = buildEnvironmentSecret('local', facts, addresses);
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
