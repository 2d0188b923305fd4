import { topology } from '@cloudnestle/topology/topology';
import type { Throttle } from '@cloudnestle/topology/types';
import * as z from 'zod';
import type { Check } from './check.ts';
import { readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

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
