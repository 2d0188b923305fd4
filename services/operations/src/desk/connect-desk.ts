import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { type ActionLog, createActionLog } from '@cloudnestle/operations/actions/action-log';
import type { InvoicesTable } from '@cloudnestle/operations/invoices/find-documents';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import { createWalks, type Walks } from '@cloudnestle/operations/letters/walks';
import {
  createOperationsTable,
  type OperationsTable,
} from '@cloudnestle/operations/operations-table';
import { connectRefundDesk } from '@cloudnestle/operations/refunds/connect-refund-desk';
import { createRevenueDays, type RevenueDays } from '@cloudnestle/operations/revenue/revenue-days';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { connectSources } from '@cloudnestle/operations/story/connect-sources';
import type { Sources } from '@cloudnestle/operations/story/sources';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { type Environment, readConfig } from '@cloudnestle/runtime/config';
import type { Platform } from '@cloudnestle/runtime/platform';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import * as z from 'zod';
import { createJobRows, type JobRows } from '../jobs/job-rows.ts';
import { createPages, type Pages } from './pages.ts';

/** Everything of a stage that operators work with: what the command line has, and what is kept for them. */
export interface Desk {
  platform: Platform;
  stage: EnvironmentSecret;
  isProduction: boolean;
  sources: Sources;
  /** What refunds are asked for with. */
  refundDesk: ReturnType<typeof connectRefundDesk>;
  invoices: InvoicesTable;
  operations: OperationsTable;
  actions: ActionLog;
  jobs: JobRows;
  walks: Walks;
  pages: Pages;
  /** The counted days. */
  revenue: RevenueDays;
  sqs: SQSClient;
  /** How long it is watched what becomes of replayed letters. */
  watchSeconds: number;
  /** How long a repair waits for its effects. */
  effectsMs: number;
  /** Has the worker take a job up, after a while where that is said. */
  wakeWorker(jobId: string, options?: { delaySeconds?: number }): Promise<void>;
}

const WATCH_SECONDS = 120;
const EFFECTS_MS = 60_000;

/** The gateway is asked by operators, one after the other. */
const CALLS_PER_SECOND = 25;

const environmentSchema = z.object({ ENVIRONMENT_SECRET_ID: z.string().min(1) });

export interface DeskOptions {
  /** How dead-letter queues are read. */
  letters?: Pick<LetterSource, 'longPollSeconds'>;
  /** How long it is watched what becomes of replayed letters; left out: two minutes. */
  watchSeconds?: number;
  /** How long a repair waits for its effects; left out: a minute. */
  effectsMs?: number;
}

/**
 * The desk of the stage whose names and addresses the environment's secret holds. They are read at the first use: a function
 * is created before the last of them is known.
 */
export function connectDesk(
  environment: Environment,
  platform: Platform,
  { letters = {}, watchSeconds = WATCH_SECONDS, effectsMs = EFFECTS_MS }: DeskOptions = {},
): () => Promise<Desk> {
  const config = readConfig(environmentSchema, environment);
  const readSecret = createSecretReader(config.ENVIRONMENT_SECRET_ID, {}, platform);
  let desk: Promise<Desk> | undefined;
  const connect = async () => {
    const stage = environmentSecretSchema.parse(await readSecret({ fresh: false }));
    return buildDesk(stage, platform, { letters, watchSeconds, effectsMs });
  };
  return () => {
    // What could not be read is read again by the next call.
    desk ??= connect().catch((error: unknown) => {
      desk = undefined;
      throw error;
    });
    return desk;
  };
}

function buildDesk(
  stage: EnvironmentSecret,
  platform: Platform,
  { letters, watchSeconds, effectsMs }: Required<DeskOptions>,
): Desk {
  const dynamo = createDynamoClient({}, platform);
  const sqs = createSqsClient(platform);
  const place = {
    dynamo,
    table: stage.tables.operations,
    byTime: stage.indexes.operationsByTime,
    byOrder: stage.indexes.operationsByOrder,
  };
  const operations = createOperationsTable(place);
  const warn = (words: string) => platform.log.warn('dead letters', { reason: words });
  const jobQueueUrl = stage.queues.operations?.url;
  return {
    platform,
    stage,
    isProduction: stage.stage === PRODUCTION,
    sources: connectSources(stage, platform, {
      producer: 'operations',
      letters: { ...letters, warn },
    }),
    refundDesk: connectRefundDesk(
      toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }),
      platform,
    ),
    invoices: { dynamo, table: stage.tables.invoices },
    operations,
    actions: createActionLog(place, platform.now),
    jobs: createJobRows(operations, platform.now),
    walks: createWalks(operations, platform.now),
    pages: createPages(operations),
    revenue: createRevenueDays(dynamo, stage.tables.operations),
    sqs,
    watchSeconds,
    effectsMs,
    wakeWorker: async (jobId, { delaySeconds = 0 } = {}) => {
      if (jobQueueUrl === undefined) throw new Error('the stage names no queue of jobs');
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: jobQueueUrl,
          MessageBody: JSON.stringify({ jobId }),
          ...(delaySeconds > 0 ? { DelaySeconds: delaySeconds } : {}),
        }),
      );
    },
  };
}
