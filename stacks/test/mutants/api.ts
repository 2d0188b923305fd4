import {
  addResource,
  changeInputs,
  changeResource,
  type Mutants,
  removeResource,
  replaceText,
} from './damage.ts';

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
    'the admins’ route is open to every caller': changeInputs(admins, {
      authorizationType: 'NONE',
      authorizerId: undefined,
    }),
    'strangers may pay money back': changeInputs('ApiRoutePOSTpaymentsrefundsRoute', {
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
    'a stranger signs up as an admin': changeInputs('AdminsUserPool', {
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    }),
    'the group that pays back is missing': removeResource('RepairGroup'),
    'the group that only looks is missing': removeResource('LookGroup'),
    'the admins’ accounts can be deleted': changeInputs('AdminsUserPool', {
      deletionProtection: 'INACTIVE',
    }),
  },
  'lets an admin sign in from a terminal, and no stranger try passwords': {
    'the terminals’ client refuses the flow that the command takes': changeInputs(
      'AdminsTerminalClient',
      { explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    ),
    'the terminals’ client allows more than that flow': changeInputs('AdminsTerminalClient', {
      explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
    }),
    'the terminals’ client has a secret that the command does not know': changeInputs(
      'AdminsTerminalClient',
      { generateSecret: true },
    ),
    'there is no client for terminals': removeResource('AdminsTerminalClient'),
    'the command is told of the pages’ client': replaceText(
      'EnvironmentValue',
      '\\"clientId\\":\\"AdminsTerminal',
      '\\"clientId\\":\\"AdminsWeb',
    ),
    'the command is told of no client': replaceText('EnvironmentValue', 'terminal', 'other'),
    'the command is told of another pool': replaceText(
      'EnvironmentValue',
      'us-east-1_marketplace-payments-admins\\",\\"clientId',
      'us-east-1_other\\",\\"clientId',
    ),
    'the API refuses what a terminal gets': replaceText(
      'ApiAuthorizerAdminsAuthorizer',
      'AdminsTerminal',
      'AdminsOther',
    ),
    'strangers on the internet may try passwords': changeInputs('AdminsWebClient', {
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    }),
    'a stranger learns who is an admin': changeInputs('AdminsWebClient', {
      preventUserExistenceErrors: 'LEGACY',
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
