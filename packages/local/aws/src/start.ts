import { randomUUID } from 'node:crypto';
import { createUserPools, type UserPool } from './cognito.ts';
import { connectDynamoDb } from './dynamodb/connect-dynamodb.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { createEventBridge } from './events/create-event-bridge.ts';
import { type LostEvent, printLostEvent } from './events/dependencies.ts';
import { type CallLog, createCallLog } from './front/call-log.ts';
import type { Intercept } from './front/fault.ts';
import { handleRequest, type Services } from './front/handle-request.ts';
import { listen } from './front/listen.ts';
import { createSecretsManager } from './secrets/create-secrets-manager.ts';
import { createInbox, type Inbox } from './ses/inbox.ts';
import { startSes } from './ses/start-ses.ts';
import { type MessageCounts, startSqs } from './sqs/start-sqs.ts';
import { openStorage } from './state/open-storage.ts';

export type { PoolUser, UserPool } from './cognito.ts';
export type { LostEvent } from './events/dependencies.ts';
export type { ServiceName } from './front/answer.ts';
export type { CallLog, RecordedCall } from './front/call-log.ts';
export type { Fault, Intercept } from './front/fault.ts';
export type { Inbox, StoredEmail } from './ses/inbox.ts';
export { LocalCloudStartError } from './start-error.ts';

type LocalCloudOptions = {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  readonly region?: 'us-east-1';
  /** Keeps tables, queues, buses, rules and secrets here over restarts; in memory without it. */
  readonly dataDir?: string;
  /**
   * Takes the tables from a DynamoDB that runs elsewhere (`npm run test:dynamodb-local`); default: what the environment
   * variable LOCAL_CLOUD_DYNAMODB_URL says, else an embedded one.
   */
  readonly dynamoDbUrl?: string;
  /** Told of every event that was accepted and reaches no queue; default: one line on standard error. */
  readonly onLostEvent?: (lost: LostEvent) => void;
};

/** AWS services on one local endpoint. */
export type LocalCloud = {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL and --endpoint-url. */
  readonly endpoint: string;
  readonly port: number;
  readonly accountId: '000000000000';
  readonly region: string;
  /** Sets the hook that may answer calls with faults, or removes it. */
  intercept(hook: Intercept | undefined): void;
  /** Lets the users of a pool sign in; no pool is kept over a restart. */
  addUserPool(pool: UserPool): void;
  readonly calls: CallLog;
  /** Messages of a queue without a call, so that waiting for an empty queue disturbs no count; undefined for an unknown queue. */
  countMessages(queueUrl: string): MessageCounts | undefined;
  /** Every event that was accepted and reaches no queue. */
  readonly lostEvents: readonly LostEvent[];
  /** The mails sent through SES; also served at `/inbox` and `/inbox/store` of the endpoint. */
  readonly inbox: Inbox;
  /** Ends everything at once, open connections and long polls included; may be repeated. */
  stop(): Promise<void>;
};

const accountId = '000000000000';

/**
 * Starts EventBridge, SQS, DynamoDB, SES v2, Secrets Manager, STS and Cognito's sign-in on one endpoint. Any
 * credentials and any region of the caller are accepted.
 *
 * Rejects with `LocalCloudStartError`: code EADDRINUSE if the port is taken, DATA_DIR_IN_USE if
 * another process uses the data directory.
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const { port = 0, host = '127.0.0.1', region = 'us-east-1', dataDir } = options;
  const address = { endpoint: '' };
  const lostEvents: LostEvent[] = [];
  const services = await startServices({
    accountId,
    region,
    dataDir,
    dynamoDbUrl: options.dynamoDbUrl ?? (process.env.LOCAL_CLOUD_DYNAMODB_URL || undefined),
    endpoint: () => address.endpoint,
    lose: (lost) => {
      lostEvents.push(lost);
      (options.onLostEvent ?? printLostEvent)(lost);
    },
  });
  const inbox = createInbox(services.ses);
  const calls = createCallLog();
  const hook: { current: Intercept | undefined } = { current: undefined };
  const front = await listen(host, port, (request, response) => {
    void handleRequest(
      {
        services,
        record: calls.record,
        findIntercept: () => hook.current,
        servePage: async (...exchange) => inbox.handle(...exchange, '/inbox'),
      },
      request,
      response,
    );
  }).catch(async (error: unknown) => {
    await services.stop();
    throw error;
  });
  const stopping: { current: Promise<void> | undefined } = { current: undefined };
  address.endpoint = `http://${host}:${front.port}`;
  return {
    endpoint: address.endpoint,
    port: front.port,
    accountId,
    region,
    intercept: (intercept) => {
      hook.current = intercept;
    },
    addUserPool: services.userPools.add,
    calls,
    countMessages: services.sqs.count,
    lostEvents,
    inbox,
    stop: () => {
      stopping.current ??= front.close().then(() => services.stop());
      return stopping.current;
    },
  };
}

/** What the services need to know. */
type ServicesOptions = {
  readonly accountId: string;
  readonly region: string;
  readonly dataDir: string | undefined;
  /** A DynamoDB that runs elsewhere; the embedded one without it. */
  readonly dynamoDbUrl: string | undefined;
  /** The public endpoint; known only after the front listens. */
  readonly endpoint: () => string;
  /** Told of every accepted event that reaches no queue. */
  readonly lose: (lost: LostEvent) => void;
};

/** Starts every service behind the endpoint; if one fails, the others are stopped again. */
async function startServices(
  options: ServicesOptions,
): Promise<Services & { stop(): Promise<void> }> {
  const { accountId, region, dataDir, lose } = options;
  const storage = openStorage(dataDir);
  const running: { stop(): Promise<void> }[] = [];
  const stopAll = async () => {
    await Promise.all(running.map((service) => service.stop()));
    storage.close();
  };
  try {
    const tables = storage.pathOf('tables');
    const { dynamoDbUrl } = options;
    const dynamodb = dynamoDbUrl
      ? connectDynamoDb(dynamoDbUrl, tables)
      : await startDynamoDb(tables);
    running.push(dynamodb);
    const sqs = await startSqs({ ...options, dataDir: storage.pathOf('queues') });
    running.push(sqs);
    const ses = await startSes();
    running.push(ses);
    const { state, save } = storage;
    const shared = { accountId, region, save, nowMs: Date.now, newId: randomUUID };
    const events = createEventBridge({ ...shared, state: state.events, send: sqs.send, lose });
    const secretsmanager = createSecretsManager({ ...shared, state: state.secrets });
    const stop = async () => {
      events.drain();
      await stopAll();
    };
    const userPools = createUserPools();
    return { accountId, dynamodb, sqs, ses, events, secretsmanager, userPools, stop };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
