import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import { listFindings, runChecks } from '@cloudnestle/operations/doctor/check';
import { listStageChecks } from '@cloudnestle/operations/doctor/stage-checks';
import { readPart } from '@cloudnestle/operations/story/story';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { maskText } from '@cloudnestle/operations/words/mask';
import { createEventBridgeClient } from '@cloudnestle/runtime/clients/event-bridge';
import { createSesClient } from '@cloudnestle/runtime/clients/ses';
import { alarms } from '@cloudnestle/topology/alarms';
import { type Answer, answerOk } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { toPart } from '../stage/count-queues.ts';
import { readAlarms } from './read-alarms.ts';
import { readSweeps } from './read-sweeps.ts';

/** `GET health`: what a function can see of the stage, its alarms, and whether its schedules keep up. */
export const answerHealth: Answer = async (call) => {
  const { desk } = call;
  const [findings, states, sweeps] = await Promise.all([
    runChecks(listStageChecks(desk.stage, connectChecks(desk))),
    readPart(() => readAlarms(desk)),
    readPart(() => readSweeps(desk)),
  ]);
  return answerOk(call, {
    checkedAt: desk.platform.now().toISOString(),
    findings: listFindings(findings).map((each) => ({ ...each, words: maskText(each.words) })),
    alarms: toPart(states),
    sweeps: toPart(sweeps),
    runbooks: [...new Set(alarms.map(({ runbook }) => runbook))].toSorted(),
    fromATerminal: commandLine('doctor'),
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
