import { clearInterval, setInterval } from 'node:timers';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { parseJson } from '@cloudnestle/contracts/json';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { logSummary } from '@cloudnestle/runtime/logger';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Desk } from '../desk/connect-desk.ts';
import { type JobOutcome, LEASE_MS, runJob } from './run-job.ts';

interface WorkDependencies {
  platform: Platform;
  connect(): Promise<Desk>;
  queueUrl: string;
}

/** Longer than a lease: once a killed run's message comes again, its job is free. */
const HIDDEN_SECONDS = Math.ceil((LEASE_MS * 4) / 3 / 1000);
const RENEW_EVERY_MS = 30_000;
/** What a run needs for its last batch, its progress and the next message. */
const MARGIN_MS = 45_000;

const messageSchema = z.object({ jobId: z.string().min(1).max(200) });

/**
 * Takes one message of the job queue. The message is hidden for two minutes at a time only, and anew while the job is at work: so
 * a killed run is taken up within that time, not after the queue's own visibility timeout.
 */
export function buildWorkHandler(deps: WorkDependencies): QueueHandler {
  return async (event, context) => {
    const failed: string[] = [];
    for (const record of event.Records) {
      const timeoutMs = Math.max(context.getRemainingTimeInMillis() - timeLimitMs(MARGIN_MS), 1000);
      const isDone = await takeRecord(deps, record, { timeoutMs, runId: context.awsRequestId });
      if (!isDone) failed.push(record.messageId);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** False: SQS is to deliver it again. */
async function takeRecord(
  { platform, connect, queueUrl }: WorkDependencies,
  record: SQSRecord,
  { timeoutMs, runId }: { timeoutMs: number; runId: string },
): Promise<boolean> {
  const startedAt = platform.now();
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const finish = (
    rest: { outcome: string; reason?: string; actor?: string },
    level: 'info' | 'error',
  ) => {
    const durationMs = platform.now().getTime() - startedAt.getTime();
    const { messageId } = record;
    logSummary(
      platform.log,
      { unit: 'operations', messageId, attempt, durationMs, ...rest },
      level,
    );
  };
  const message = messageSchema.safeParse(parseJson(record.body));
  if (!message.success) {
    // SQS moves it to the dead-letter queue once it has come often enough.
    finish({ outcome: 'refused', reason: 'no message of a job' }, 'error');
    return false;
  }
  let stopHiding: (() => void) | undefined;
  try {
    const desk = await connect();
    stopHiding = await keepHidden(desk, queueUrl, record);
    const outcome = await runJob(desk, message.data.jobId, { runId, timeoutMs, attempt });
    finish(describeOutcome(outcome), 'info');
    return true;
  } catch (error) {
    finish({ outcome: 'retry', reason: describeError(error) }, 'error');
    return false;
  } finally {
    stopHiding?.();
  }
}

async function keepHidden({ sqs }: Desk, queueUrl: string, { receiptHandle }: SQSRecord) {
  const hide = () =>
    sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: HIDDEN_SECONDS,
      }),
    );
  await hide();
  // Where one call fails, the next is in time.
  const hiding = setInterval(() => hide().catch(() => undefined), RENEW_EVERY_MS);
  return () => clearInterval(hiding);
}

function describeOutcome(outcome: JobOutcome): {
  outcome: string;
  reason?: string;
  actor?: string;
} {
  switch (outcome.kind) {
    case 'ended':
    case 'again': {
      const { kind, state, subject } = outcome.job;
      return { outcome: `${kind} ${outcome.kind === 'again' ? 'goes on' : state}`, actor: subject };
    }
    case 'held':
      return { outcome: 'skipped: another run has it' };
    case 'skipped':
      return { outcome: `skipped: ${outcome.why}` };
  }
}
