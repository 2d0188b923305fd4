import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Check } from './check.ts';
import { listGrants } from './list-grants.ts';
import { readFunctionsByName } from './read/read-functions.ts';
import { nameIn, readResources } from './read/read-resources.ts';
import { readRoles } from './read/read-roles.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

const scheduleSchema = z.object({
  name: z.string(),
  scheduleExpression: z.string(),
  state: z.string(),
  flexibleTimeWindow: z.object({ mode: z.string() }),
  target: z.object({
    arn: z.string(),
    roleArn: z.string(),
    retryPolicy: z.object({ maximumRetryAttempts: z.number() }),
  }),
});
const invokeSchema = z.object({
  functionName: z.string(),
  maximumRetryAttempts: z.number(),
  maximumEventAgeInSeconds: z.number().optional(),
});

/** What runs by the clock runs on time, is over before the next run, and no failed run is repeated on top of it. */
export const checkSchedules: Check = (graph, { names }) => {
  const found = readResources(graph, types.schedule, scheduleSchema).map(({ inputs }) => inputs);
  const functions = readFunctionsByName(graph);
  const invocations = readResources(graph, types.invokeConfig, invokeSchema);
  const roles = readRoles(graph).map(({ inputs }) => inputs);
  return [
    ...findDifferences('the stage', {
      found: found.map(({ name }) => `the schedule ${name}`),
      wanted: topology.schedules.map(({ name }) => `the schedule ${names.nameOf(name)}`),
    }),
    ...topology.schedules.flatMap((schedule) => {
      const name = names.nameOf(schedule.name);
      const wanted = names.functionNameOf(schedule.function);
      const rule = found.find((each) => each.name === name);
      if (!rule) return [];
      const timeout = functions.get(wanted)?.timeout ?? Number.POSITIVE_INFINITY;
      const again = invocations.find(({ inputs }) => inputs.functionName === wanted)?.inputs;
      const role = roles.find((each) => each.name === nameIn(rule.target.roleArn));
      const grants = listGrants(role?.inlinePolicies.flatMap(({ policy }) => policy) ?? []);
      return [
        ...(rule.scheduleExpression.startsWith(`rate(${schedule.everyMinutes} minute`) &&
        rule.state === 'ENABLED' &&
        rule.flexibleTimeWindow.mode === 'OFF'
          ? []
          : [`${name} does not run every ${schedule.everyMinutes} minutes`]),
        ...(nameIn(rule.target.arn) === wanted ? [] : [`${name} runs ${rule.target.arn}`]),
        ...(timeout < schedule.everyMinutes * 60 ? [] : [`a run of ${name} may meet the next one`]),
        ...(rule.target.retryPolicy.maximumRetryAttempts === 0 &&
        again?.maximumRetryAttempts === 0 &&
        (again.maximumEventAgeInSeconds ?? Number.POSITIVE_INFINITY) <= schedule.everyMinutes * 60
          ? []
          : [`${name} repeats a failed run while the next one runs`]),
        ...findDifferences(name, {
          found: grants,
          wanted: [`lambda:InvokeFunction on function:${wanted}`],
        }),
      ];
    }),
  ];
};
