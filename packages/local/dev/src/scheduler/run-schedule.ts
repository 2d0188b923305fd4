import type { ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import type {
  FunctionDefinition,
  ScheduleDefinition,
  ScheduledFunctionName,
} from '@cloudnestle/topology/types';
import type { ContextDependencies } from '../lambda/build-context.ts';
import { invokeFunction } from '../lambda/invoke-function.ts';
import { buildScheduleEvent } from './build-schedule-event.ts';

/** A function that the clock runs. */
export interface ScheduledFunction {
  definition: FunctionDefinition;
  handler: ScheduleHandler;
}

export interface RunScheduleOptions extends ContextDependencies {
  functionOf(name: ScheduledFunctionName): ScheduledFunction;
}

/** Runs a schedule's function once; rejects with what it threw, or where it takes longer than its timeout. */
export async function runSchedule(
  schedule: ScheduleDefinition,
  options: RunScheduleOptions,
): Promise<void> {
  const { definition, handler } = options.functionOf(schedule.function);
  const now = new Date(options.nowMs());
  const event = buildScheduleEvent({ name: schedule.name, now, id: options.newId() });
  const invocation = await invokeFunction(definition, handler, event, options);
  if (invocation.kind === 'threw') throw invocation.error;
  if (invocation.kind === 'timedOut') {
    throw new Error(`${schedule.function} timed out after ${invocation.afterSeconds} s`);
  }
}
