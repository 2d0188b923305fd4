import { isDeepStrictEqual } from 'node:util';
import { nameIn } from '@cloudnestle/topology/judge/problem';
import { crossOrigin } from '@cloudnestle/topology/routes';
import { topology } from '@cloudnestle/topology/topology';
import type { Route, Throttle } from '@cloudnestle/topology/types';
import * as z from 'zod';
import type { Stage } from '../../config/read-stage.ts';
import { type Check, findDifferences, readResources, types } from './read.ts';

const routeSchema = z.object({
  routeKey: z.string(),
  target: z.string(),
  authorizationType: z.string(),
  authorizerId: z.string().optional(),
});
const integrationSchema = z.object({
  integrationUri: z.string(),
  payloadFormatVersion: z.string(),
});
const apiSchema = z.object({
  corsConfiguration: z.object({
    allowOrigins: z.array(z.string()),
    allowMethods: z.array(z.string()),
    allowHeaders: z.array(z.string()),
    exposeHeaders: z.array(z.string()).default([]),
    maxAge: z.number().optional(),
    allowCredentials: z.boolean().default(false),
  }),
});

/** The API has the topology's routes, each to its function; those for admins, and they alone, ask for a token first. */
export const checkRoutes: Check = (graph, { names }) => {
  const routes = readResources(graph, types.route, routeSchema).map(({ inputs }) => inputs);
  const integrations = new Map(
    readResources(graph, types.integration, integrationSchema).map(({ resource, inputs }) => [
      `integrations/${resource.name}`,
      inputs,
    ]),
  );
  return [
    ...findDifferences('the API', {
      found: routes.map(({ routeKey }) => routeKey),
      wanted: topology.routes.map(keyOf),
    }),
    ...topology.routes.flatMap((route) => {
      const key = keyOf(route);
      const found = routes.find(({ routeKey }) => routeKey === key);
      const leadsTo = integrations.get(found?.target ?? '');
      const wanted = route.adminOnly ? 'JWT' : 'NONE';
      const hasAuthorizer = Boolean(found?.authorizerId);
      return [
        ...(nameIn(leadsTo?.integrationUri ?? '') === names.functionNameOf(route.function) &&
        leadsTo?.payloadFormatVersion === '2.0'
          ? []
          : [`${key} does not lead to ${route.function}`]),
        ...(found?.authorizationType === wanted && hasAuthorizer === route.adminOnly
          ? []
          : [`${key} is open to ${found?.authorizationType}, not ${wanted}`]),
      ];
    }),
  ];
};

/** Pages of the stage's frontends and its console may call the API from a browser, as they may in the local run; no other page may. */
export const checkCrossOrigin: Check = (graph, { config }) => {
  const { maxAgeSeconds, ...rest } = crossOrigin;
  const wanted = {
    allowOrigins: listOrigins(config),
    ...rest,
    maxAge: maxAgeSeconds,
    allowCredentials: false,
  };
  return readResources(graph, types.api, apiSchema).flatMap(({ inputs }) =>
    isDeepStrictEqual(inputs.corsConfiguration, wanted)
      ? []
      : [`browsers are let in by ${JSON.stringify(inputs.corsConfiguration)}`],
  );
};

function listOrigins({ frontends, console }: Stage['config']): string[] {
  return [...frontends.map(({ origin }) => origin), ...(console ? [console.origin] : [])];
}

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

const settingsSchema = z.object({
  throttlingBurstLimit: z.number(),
  throttlingRateLimit: z.number(),
});
const stageSchema = z.object({
  autoDeploy: z.boolean(),
  defaultRouteSettings: settingsSchema,
  routeSettings: z.array(settingsSchema.extend({ routeKey: z.string() })),
});

/** Every route has its own throttle, set once the routes are there; what has none is throttled as the slowest of them. */
export const checkThrottles: Check = (graph) => {
  const [stage, ...more] = readResources(graph, types.apiStage, stageSchema);
  if (!stage || more.length > 0) return ['the API has not one stage'];
  const { defaultRouteSettings, routeSettings, autoDeploy } = stage.inputs;
  const slowest = Math.min(...topology.routes.map(({ throttle }) => throttle.ratePerSecond));
  const routes = graph.resources.filter(({ type }) => type === types.route);
  return [
    ...findDifferences('the API', {
      found: routeSettings.map((each) => describe(each.routeKey, toThrottle(each))),
      wanted: topology.routes.map(({ method, path, throttle }) =>
        describe(`${method} ${path}`, throttle),
      ),
    }),
    ...(defaultRouteSettings.throttlingRateLimit <= slowest
      ? []
      : ['a route without a throttle of its own is faster than the slowest that has one']),
    ...(autoDeploy ? [] : ['the API’s stage is not deployed by itself']),
    ...routes
      .filter(({ name }) => !stage.resource.dependsOn.includes(name))
      .map(({ name }) => `the API’s stage names ${name} before it is there`),
  ];
};

function toThrottle({ throttlingBurstLimit, throttlingRateLimit }: z.infer<typeof settingsSchema>) {
  return { burst: throttlingBurstLimit, ratePerSecond: throttlingRateLimit };
}

function describe(key: string, { burst, ratePerSecond }: Throttle): string {
  return `a throttle of ${burst} and ${ratePerSecond} a second on ${key}`;
}
