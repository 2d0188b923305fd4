import { provision } from '@cloudnestle/provisioning/provision';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Topology } from '@cloudnestle/topology/topology';
import type { Cleanup } from '../run/create-cleanup.ts';
import type { LocalRunOptions } from '../run/options.ts';
import { createClients } from './create-clients.ts';
import { explainUnreachable } from './explain-unreachable.ts';
import { pointSdkAt } from './sdk-environment.ts';
import { startAws } from './start-aws.ts';

/** Brings up AWS (or takes the endpoint given), points this process's SDK at it and creates the topology there. */
export async function connectAws(
  options: Pick<LocalRunOptions, 'endpointUrl' | 'awsPort' | 'awsPortIsDefault' | 'dataDir'>,
  topology: Topology,
  log: Log,
  cleanup: Cleanup,
) {
  const { endpointUrl, awsPort = 0, awsPortIsDefault = false, dataDir } = options;
  const port = { port: awsPort, isDefault: awsPortIsDefault, flag: '--aws-port' };
  const aws = await startAws({ endpointUrl, port, dataDir, log });
  cleanup.add(aws.stop);
  cleanup.add(pointSdkAt(aws.address));
  const clients = createClients();
  cleanup.add(clients.destroy);
  const provisioned = await explainUnreachable(aws.address.endpoint, () =>
    provision(clients, topology),
  );
  return { aws, clients, provisioned };
}
