import {
  type LocalCloud,
  LocalCloudStartError,
  startLocalCloud,
} from '@cloudnestle/local-aws/start';
import type { Log } from '@cloudnestle/runtime/logger';
import { type PortChoice, startOnPort } from '../run/pick-port.ts';
import { LocalRunStartError } from '../run/start-error.ts';
import type { AwsAddress } from './sdk-environment.ts';

const REGION = 'us-east-1';

/** The AWS a run works on: one it starts itself, or any other that speaks the same APIs. */
export interface RunningAws {
  address: AwsAddress;
  /** Undefined where the endpoint is somebody else's. */
  cloud: LocalCloud | undefined;
  stop(): Promise<void>;
}

/** Starts the local cloud, unless an endpoint is given. */
export async function startAws(options: {
  endpointUrl: string | undefined;
  port: PortChoice;
  dataDir: string | undefined;
  log: Log;
}): Promise<RunningAws> {
  const { endpointUrl, dataDir, log } = options;
  if (endpointUrl !== undefined) {
    const endpoint = endpointUrl.replace(/\/+$/, '');
    const address = { endpoint, region: REGION, replacesCredentials: false };
    return { address, cloud: undefined, stop: async () => undefined };
  }
  const cloud = await startOnPort(options.port, (port) =>
    startLocalCloud({
      port,
      region: REGION,
      onLostEvent: ({ detailType, eventId, why }) =>
        log.error('EVENT LOST', { detailType, eventId, reason: why }),
      ...(dataDir === undefined ? {} : { dataDir }),
    }).catch(explainDataDir),
  );
  const address = { endpoint: cloud.endpoint, region: cloud.region, replacesCredentials: true };
  return { address, cloud, stop: cloud.stop };
}

function explainDataDir(error: unknown): never {
  if (!(error instanceof LocalCloudStartError)) throw error;
  if (error.code === 'DATA_DIR_IN_USE' || error.code === 'DATA_DIR_UNUSABLE') {
    throw new LocalRunStartError(error.code, error.message, { cause: error });
  }
  throw error;
}
