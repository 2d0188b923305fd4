import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type LocalCloud,
  LocalCloudStartError,
  startLocalCloud,
} from '@cloudnestle/local-aws/start';
import { provision } from '@cloudnestle/provisioning/provision';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Topology } from '@cloudnestle/topology/topology';
import type { Cleanup } from '../run/create-cleanup.ts';
import type { LocalRunOptions } from '../run/local-run.ts';
import { type PortChoice, startOnPort } from '../run/pick-port.ts';
import { LocalRunStartError } from '../run/start-error.ts';
import { LOCAL_REGION } from '../stage-facts.ts';
import { type AwsAddress, pointSdkAt } from './sdk-environment.ts';

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

/** The AWS a run works on: one it starts itself, or any other that speaks the same APIs. */
export interface RunningAws {
  address: AwsAddress;
  /** Undefined where the run uses an endpoint that was given to it. */
  cloud: LocalCloud | undefined;
  stop(): Promise<void>;
}

/** Starts the local cloud, unless an endpoint is given. */
async function startAws(options: {
  endpointUrl: string | undefined;
  port: PortChoice;
  dataDir: string | undefined;
  log: Log;
}): Promise<RunningAws> {
  const { endpointUrl, dataDir, log } = options;
  if (endpointUrl !== undefined) {
    const endpoint = endpointUrl.replace(/\/+$/, '');
    const address = { endpoint, region: LOCAL_REGION, replacesCredentials: false };
    return { address, cloud: undefined, stop: async () => undefined };
  }
  const cloud = await startOnPort(options.port, (port) =>
    startLocalCloud({
      port,
      region: LOCAL_REGION,
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

export type RunClients = ReturnType<typeof createClients>;

const CONNECTION_TIMEOUT_MS = 2000;
/** Longer than the longest poll SQS allows. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The run's own clients; the services have theirs. Endpoint and credentials come from the SDK's environment. */
function createClients() {
  const configuration = {
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
  const dynamo = new DynamoDBClient(configuration);
  const sqs = new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
  const events = new EventBridgeClient(configuration);
  const secrets = new SecretsManagerClient(configuration);
  return {
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo),
    sqs,
    events,
    secrets,
    destroy: () => {
      for (const client of [dynamo, sqs, events, secrets]) client.destroy();
    },
  };
}

/** Runs the first calls to an endpoint; where nothing answers there, says so instead of the SDK's own words. */
async function explainUnreachable<Result>(
  endpoint: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionTrouble(error)) throw error;
    const message = `Nothing answers at ${endpoint}. Is an AWS-compatible endpoint running there?`;
    throw new LocalRunStartError('ENDPOINT_UNREACHABLE', message, { cause: error });
  }
}

function isConnectionTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return error.name === 'TimeoutError' || (typeof code === 'string' && connectionCodes.has(code));
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);
