import { crossOrigin } from '@cloudnestle/topology/routes';
import { topology } from '@cloudnestle/topology/topology';
import type { Route } from '@cloudnestle/topology/types';
import type { Admins } from './admins.ts';
import type { Stage } from './config/read-stage.ts';
import type { Functions } from './functions.ts';

/** The HTTP API with the topology's routes, each with its own throttle; admins' routes ask for a token first. */
export function createApi(
  stage: Stage,
  functions: Functions,
  admins: Admins,
): sst.aws.ApiGatewayV2 {
  const { config, names } = stage;
  const made = Promise.withResolvers<$util.Resource[]>();
  const api = new sst.aws.ApiGatewayV2('Api', {
    cors: {
      allowOrigins: listOrigins(config),
      allowMethods: [...crossOrigin.allowMethods],
      allowHeaders: [...crossOrigin.allowHeaders],
      exposeHeaders: [...crossOrigin.exposeHeaders],
      maxAge: `${crossOrigin.maxAgeSeconds} seconds`,
    },
    transform: {
      api: { name: names.bus },
      logGroup: {
        name: `/aws/vendedlogs/apis/${names.bus}`,
        retentionInDays: config.logRetentionDays,
      },
      stage: (args, opts) => {
        args.accessLogSettings = $output(args.accessLogSettings).apply((settings) => ({
          destinationArn: settings?.destinationArn ?? '',
          format: accessLogFormat,
        }));
        args.defaultRouteSettings = toSettings(slowest());
        args.routeSettings = topology.routes.map((route) => ({
          routeKey: keyOf(route),
          ...toSettings(route.throttle),
        }));
        // AWS refuses settings of a route that is not there yet.
        opts.dependsOn = made.promise;
      },
    },
  });
  const authorizer = api.addAuthorizer({
    name: 'Admins',
    jwt: { issuer: admins.issuer, audiences: admins.clientIds },
  });
  const routes = topology.routes.map((route) =>
    api.route(keyOf(route), functions[route.function].arn, {
      name: keyOf(route),
      ...(route.adminOnly ? { auth: { jwt: { authorizer: authorizer.id } } } : {}),
    }),
  );
  $resolve(routes.map(({ nodes }) => nodes.route)).apply((all) => made.resolve(all));
  return api;
}

/** Whose pages may call the API from a browser. */
function listOrigins({ frontends, console: site }: Stage['config']): string[] {
  return [...frontends.map(({ origin }) => origin), ...(site ? [site.origin] : [])];
}

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** For what has no throttle of its own, such as a browser asking whether it may ask. */
function slowest(): Route['throttle'] {
  return topology.routes
    .map(({ throttle }) => throttle)
    .reduce((one, other) => (one.ratePerSecond <= other.ratePerSecond ? one : other));
}

function toSettings({ burst, ratePerSecond }: Route['throttle']) {
  return { throttlingBurstLimit: burst, throttlingRateLimit: ratePerSecond };
}

/**
 * A line of the API's access log: which route, what came of it and how long it took. No address, no browser and no path:
 * paths name orders, and orders their buyers.
 */
const accessLogFormat = JSON.stringify({
  requestTime: '$context.requestTime',
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationError: '$context.integration.error',
  authorizerError: '$context.authorizer.error',
});
