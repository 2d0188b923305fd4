/**
 * A line of the API's access log: which route, what came of it and how long it took. No address, no browser and no path:
 * paths name orders, and orders their buyers.
 */
export const accessLogFormat = JSON.stringify({
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
