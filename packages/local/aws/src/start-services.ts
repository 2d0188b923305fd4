import { randomUUID } from 'node:crypto';
import { createUserPools } from './cognito/create-user-pools.ts';
import { connectDynamoDb } from './dynamodb/connect-dynamodb.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { createEventBridge } from './events/create-event-bridge.ts';
import type { LostEvent } from './events/lost-event.ts';
import type { Services } from './front/services.ts';
import { createSecretsManager } from './secrets/create-secrets-manager.ts';
import { startSes } from './ses/start-ses.ts';
import { startSqs } from './sqs/start-sqs.ts';
import { openStorage } from './state/open-storage.ts';

/** What the services need to know. */
export type ServicesOptions = {
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
export async function startServices(
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
