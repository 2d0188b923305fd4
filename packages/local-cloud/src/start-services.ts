import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { createEventBridge } from './events/create-event-bridge.ts';
import type { Services } from './front/services.ts';
import { createSecretsManager } from './secrets/create-secrets-manager.ts';
import { startSes } from './ses/start-ses.ts';
import { startSqs } from './sqs/start-sqs.ts';
import { lockDataDir } from './state/lock-data-dir.ts';
import { keepStateInFile, keepStateInMemory } from './state/state-file.ts';

/** Starts every service behind the endpoint, in memory or in a directory. */
export async function startServices(options: {
  readonly accountId: string;
  readonly region: string;
  readonly dataDir: string | undefined;
  readonly endpoint: () => string;
  readonly warn: (message: string) => void;
}): Promise<Services & { stop(): Promise<void> }> {
  const { accountId, region, dataDir, warn } = options;
  const unlock = dataDir === undefined ? () => {} : lockDataDir(dataDir);
  const { state, save } = dataDir === undefined ? keepStateInMemory() : keepStateInFile(dataDir);
  const inDataDir = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));
  const [dynamodb, sqs, ses] = await Promise.all([
    startDynamoDb(inDataDir('tables')),
    startSqs({ ...options, dataDir: inDataDir('queues') }),
    startSes(),
  ]);
  const shared = { accountId, region, save, warn, nowMs: Date.now, newId: randomUUID };
  const events = createEventBridge({ ...shared, state: state.events, send: sqs.send });
  const secretsmanager = createSecretsManager({ ...shared, state: state.secrets });
  return {
    accountId,
    dynamodb,
    sqs,
    ses,
    events,
    secretsmanager,
    stop: async () => {
      events.drain();
      await Promise.all([dynamodb.stop(), sqs.stop(), ses.stop()]);
      unlock();
    },
  };
}
