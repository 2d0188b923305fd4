import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describeError } from './errors.ts';
import { logSummary } from './logger.ts';
import type { Platform } from './platform.ts';
import { runUnit } from './unit-of-work.ts';

/** What EventBridge sends on a schedule says nothing that a job needs. */
export type ScheduleHandler = (event: unknown, context: Context) => Promise<void>;

export interface ScheduledJob {
  /** Name in log lines. */
  unit: string;
  /** Does the work of one run, within `timeoutMs`; answers what the summary line says. */
  run(options: {
    runId: string;
    timeoutMs: number;
  }): Promise<Partial<SummaryFields> & { outcome: string }>;
}

/** Time a run keeps for its summary after the job's deadline. */
const SUMMARY_MARGIN_MS = 1000;

/** Wraps a job as a Lambda on a schedule: one summary line a run; a run that fails is thrown, so that AWS counts it. */
export function buildScheduleHandler(platform: Platform, job: ScheduledJob): ScheduleHandler {
  const run = async (context: Context) => {
    const startedAt = platform.now();
    const runId = context.awsRequestId;
    const finish = (
      rest: Partial<SummaryFields> & { outcome: string },
      level: 'info' | 'error',
    ) => {
      const durationMs = platform.now().getTime() - startedAt.getTime();
      logSummary(platform.log, { unit: job.unit, requestId: runId, durationMs, ...rest }, level);
    };
    try {
      const timeoutMs = Math.max(context.getRemainingTimeInMillis() - SUMMARY_MARGIN_MS, 0);
      finish(await job.run({ runId, timeoutMs }), 'info');
    } catch (error) {
      finish({ outcome: 'failed', reason: describeError(error) }, 'error');
      throw error;
    }
  };
  return middy((_event: unknown, context: Context) => runUnit(() => run(context)));
}
