import {
  addResource,
  changeInputs,
  changeResource,
  type Mutants,
  removeResource,
  replaceText,
} from '../support/damage.ts';

const admins = 'ApiRoutePOSTpaymentsreconciliationRoute';
const webhook = 'ApiRoutePOSTpaymentsphonepewebhookRoute';

/** On the way from a browser or the gateway to a function. */
export const apiMutants: Mutants = {
  'has the topology’s routes, and a token is asked for on the admins’ alone': {
    'a route is missing': removeResource(webhook),
    'there is a route too many': addResource({
      type: 'aws:apigatewayv2/route:Route',
      name: 'Other',
      inputs: { routeKey: '$default', target: 'integrations/x', authorizationType: 'NONE' },
    }),
    'the admins’ route is open to everybody': changeInputs(admins, {
      authorizationType: 'NONE',
      authorizerId: undefined,
    }),
    'the admins’ route names no authorizer': changeInputs(admins, { authorizerId: undefined }),
    'the gateway’s webhook needs a token': changeInputs(webhook, {
      authorizationType: 'JWT',
      authorizerId: 'some',
    }),
    'a route leads to another function': replaceText(
      'ApiRoutePOSTpaymentsphonepewebhookIntegration',
      'payments-webhook',
      'payments-upgrade',
    ),
  },
  'takes tokens of the admins’ own user pool only': {
    'there is no authorizer': removeResource('ApiAuthorizerAdminsAuthorizer'),
    'tokens of another pool are taken': replaceText(
      'ApiAuthorizerAdminsAuthorizer',
      'amazonaws.com/us-east-1_',
      'amazonaws.com/us-east-1_other',
    ),
    'tokens for any client are taken': changeInputs('ApiAuthorizerAdminsAuthorizer', {
      jwtConfiguration: { issuer: 'https://issuer.example', audiences: [] },
    }),
    'anybody signs up as an admin': changeInputs('AdminsUserPool', {
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    }),
    'the admins’ accounts can be deleted': changeInputs('AdminsUserPool', {
      deletionProtection: 'INACTIVE',
    }),
  },
  'slows a flood down route by route': {
    'a route has no throttle': changeInputs('ApiStage', { routeSettings: [] }),
    'a route is faster than the topology says': replaceText('ApiStage', ':200}', ':2000}'),
    'other routes are not slowed down': changeInputs('ApiStage', {
      defaultRouteSettings: { throttlingBurstLimit: 5000, throttlingRateLimit: 10_000 },
    }),
    'a throttle is set before its route is there': changeResource('ApiStage', (stage) => ({
      ...stage,
      dependsOn: ['ApiApi'],
    })),
  },
  'lets browsers in from the configured frontends only': {
    'every page is let in': replaceText('ApiApi', 'https://marketplace.cloudnestle.com', '*'),
    'a page may send any header': replaceText('ApiApi', 'content-type', '*'),
  },
  'lets nothing but its API call a function behind a route': {
    'another API calls a function': replaceText(
      'ApiRoutePOSTpaymentsphonepewebhookPermissions',
      'execute-api:us-east-1:123456789012:marketplace-payments',
      'execute-api:us-east-1:123456789012:other',
    ),
    'another service calls a function': replaceText(
      'ApiRoutePOSTpaymentsphonepewebhookPermissions',
      'apigateway.amazonaws.com',
      's3.amazonaws.com',
    ),
    'a function has a url of its own': addResource({
      type: 'aws:lambda/functionUrl:FunctionUrl',
      name: 'Url',
      inputs: {},
    }),
    'the API may not call a function': removeResource(
      'ApiRoutePOSTpaymentsphonepewebhookPermissions',
    ),
  },
};
