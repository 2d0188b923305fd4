import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { Finding } from './check.ts';
import { createClients } from './clients.ts';
import { listChecks } from './list-checks.ts';
import { runChecks } from './run-checks.ts';

/** What every check of the stage found; needs the clients of all that a stage has. */
export async function examineStage(stage: EnvironmentSecret): Promise<Finding[]> {
  const { clients, destroy } = createClients();
  try {
    return await runChecks(listChecks(stage, clients));
  } finally {
    destroy();
  }
}
