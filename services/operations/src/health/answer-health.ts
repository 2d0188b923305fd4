import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import { scheduleRunItemSchema } from '@cloudnestle/contracts/items/operation';
import { listFindings, runChecks } from '@cloudnestle/operations/doctor/check';
import { listStageChecks } from '@cloudnestle/operations/doctor/stage-checks';
import { readPart } from '@cloudnestle/operations/story/story';
import { maskText } from '@cloudnestle/operations/words/mask';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { alarms } from '@cloudnestle/topology/alarms';
import { schedules } from '@cloudnestle/topology/routes';
import { type Answer, answerOk } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { line } from '../jobs/command-of.ts';
import { toPart } from '../stage/count-queues.ts';

/** `GET health`: what a function can see of the stage, its alarms, and when its schedules ran last. */
export const answerHealth: Answer = async (call) => {
  const { desk } = call;
  const [findings, sweeps] = await Promise.all([
    runChecks(listStageChecks(desk.stage, connectChecks(desk))),
    readPart(() => readSweeps(desk)),
  ]);
  return answerOk(call, {
    checkedAt: desk.platform.now().toISOString(),
    findings: listFindings(findings).map((each) => ({ ...each, words: maskText(each.words) })),
    alarms: alarms.map(({ name, meaning, runbook }) => ({
      ...{ name, meaning, runbook },
      state: 'UNKNOWN' as const,
    })),
    sweeps: toPart(sweeps),
    runbooks: [...new Set(alarms.map(({ runbook }) => runbook))].toSorted(),
    fromATerminal: line('doctor'),
  } satisfies Omit<HealthResponse, 'success'>);
};

/** The clients of the checks; each call brings its own deadline. */
function connectChecks({ platform, sources, sqs }: Desk) {
  return {
    dynamo: sources.orderIndex.dynamo,
    events: createEventBridgeClient({}, platform),
    ses: createSesClient({}, platform),
    sqs,
  };
}

const LATE_AFTER_RUNS = 5;

async function readSweeps({ operations, platform }: Desk) {
  const now = platform.now().getTime();
  return Promise.all(
    schedules.map(async ({ name, everyMinutes, function: of }) => {
      const item = await operations.find({ pk: `run#${of}`, sk: 'RUN' });
      const lastRunAt = scheduleRunItemSchema.safeParse(item).data?.at;
      const silentMs = lastRunAt === undefined ? undefined : now - Date.parse(lastRunAt);
      return {
        name,
        everyMinutes,
        ...(lastRunAt === undefined ? {} : { lastRunAt }),
        isLate: silentMs !== undefined && silentMs > everyMinutes * LATE_AFTER_RUNS * 60_000,
      };
    }),
  );
}
