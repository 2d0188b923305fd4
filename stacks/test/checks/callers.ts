import { functions } from '@cloudnestle/topology/functions';
import { nameIn } from '@cloudnestle/topology/judge/problem';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import { listGrants } from './permissions.ts';
import {
  type Check,
  findDifferences,
  readFunctionsByName,
  readResources,
  readRoles,
  types,
} from './read.ts';

const permissionSchema = z.object({
  function: z.string(),
  principal: z.string(),
  sourceArn: z.string().optional(),
});
const apiSchema = z.object({ name: z.string() });

/** The stage's own API may call the functions that it has routes to; nothing else in the world may call one. */
export const checkInvokers: Check = (graph, { names }) => {
  const [api] = readResources(graph, types.api, apiSchema);
  const permissions = readResources(graph, types.permission, permissionSchema);
  const routed = new Set(topology.routes.map((route) => route.function));
  return [
    ...findDifferences('the API', {
      found: permissions.map(({ inputs }) => nameIn(inputs.function)),
      wanted: functions
        .filter(({ name }) => [...routed].some((each) => each === name))
        .map(({ name }) => names.functionNameOf(name)),
    }),
    ...permissions.flatMap(({ inputs: { function: called, principal, sourceArn = '' } }) => {
      const isOwnApi =
        principal === 'apigateway.amazonaws.com' &&
        /^arn:aws:execute-api:[a-z0-9-]+:\d{12}:/.test(sourceArn) &&
        sourceArn.split(':').at(-1)?.split('/')[0] === api?.inputs.name;
      return isOwnApi ? [] : [`${nameIn(called)} can be called by ${principal} from ${sourceArn}`];
    }),
    ...graph.resources
      .filter(({ type }) => type === types.functionUrl)
      .map(({ name }) => `${name} lets a function be called past the API`),
  ];
};

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
