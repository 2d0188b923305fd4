import { isDeepStrictEqual } from 'node:util';
import { crossOrigin } from '@cloudnestle/topology/routes';
import { topology } from '@cloudnestle/topology/topology';
import type { Route } from '@cloudnestle/topology/types';
import * as z from 'zod';
import type { Check } from './check.ts';
import { nameIn, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

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

/** Pages of the stage's frontends may call the API from a browser, as they may in the local run; no other page may. */
export const checkCrossOrigin: Check = (graph, { config }) => {
  const { maxAgeSeconds, ...rest } = crossOrigin;
  const wanted = {
    allowOrigins: config.frontends.map(({ origin }) => origin),
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

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
