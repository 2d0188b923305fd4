import { addResource, changeInputs, type Mutants, removeResource, replaceText } from './damage.ts';

/** Between a stage's own pages and a browser; broken on the stages that have some. */
export const siteMutants: Mutants = {
  'serves its own pages over https, from buckets that no stranger reads': {
    'there is no shop': removeResource('StorefrontSite'),
    'there is no console': removeResource('ConsoleSite'),
    'there is a site too many': addResource({
      type: 'aws:cloudfront/distribution:Distribution',
      name: 'Other',
      inputs: {
        aliases: [],
        origins: [],
        defaultCacheBehavior: { viewerProtocolPolicy: 'https-only', responseHeadersPolicyId: 'x' },
      },
    }),
    'the shop’s bucket may be made public': changeInputs('StorefrontBucketPrivate', {
      blockPublicPolicy: false,
    }),
    'the console’s bucket may be made public': changeInputs('ConsoleBucketPrivate', {
      restrictPublicBuckets: false,
    }),
    'every account’s CloudFront reads a bucket': replaceText(
      'StorefrontBucketPolicy',
      'distribution/StorefrontSite',
      'distribution/*',
    ),
    'every caller reads a bucket': replaceText(
      'ConsoleBucketPolicy',
      'cloudfront.amazonaws.com',
      's3.amazonaws.com',
    ),
    'pages come without https': replaceText('StorefrontSite', 'redirect-to-https', 'allow-all'),
    'the console comes without https': replaceText('ConsoleSite', 'redirect-to-https', 'allow-all'),
    'a site has another name': changeInputs('StorefrontSite', { aliases: ['evil.example'] }),
    'the console has another name': changeInputs('ConsoleSite', { aliases: ['evil.example'] }),
  },
  'runs no script in its pages but their own, and lets them call its own API alone': {
    'pages may run inline scripts': replaceText(
      'StorefrontHeaders',
      "script-src 'self'",
      "script-src 'self' 'unsafe-inline'",
    ),
    'the console may run scripts of others': replaceText(
      'ConsoleHeaders',
      "script-src 'self'",
      "script-src 'self' *",
    ),
    'pages may call another API': replaceText('StorefrontHeaders', '.execute-api.', '.other.'),
    'the console calls another API': replaceText(
      'ConsoleFile config.json',
      '.execute-api.',
      '.other.',
    ),
    'no headers are sent': removeResource('StorefrontHeaders'),
    'no headers are sent with the console': removeResource('ConsoleHeaders'),
    'PhonePe does not see the page': replaceText(
      'StorefrontHeaders',
      'strict-origin-when-cross-origin',
      'no-referrer',
    ),
    'others learn which order an operator looks at': replaceText(
      'ConsoleHeaders',
      'no-referrer',
      'unsafe-url',
    ),
    'the page itself is kept for ever': changeInputs('StorefrontFile index.html', {
      cacheControl: 'public, max-age=31536000, immutable',
    }),
    'there is no page': removeResource('StorefrontFile index.html'),
    'the console is elsewhere': changeInputs('ConsoleFile index.html', { key: 'index.html' }),
  },
  'sends a storefront’s buyers to its own gateway alone': {
    'buyers are sent elsewhere': replaceText(
      'StorefrontFile config.json',
      'mercury.phonepe.example',
      'evil.example',
    ),
  },
};

/** On the stage that has a console, and a user pool of its own. */
export const consoleMutants: Mutants = {
  'signs operators in by a code that only the console can use': {
    'tokens come in an address': changeInputs('AdminsConsoleClient', {
      allowedOauthFlows: ['code', 'implicit'],
    }),
    'codes go to another site': replaceText(
      'AdminsConsoleClient',
      '/console/signed-in',
      '.evil.example/console/signed-in',
    ),
    'the console has a secret': changeInputs('AdminsConsoleClient', { generateSecret: true }),
    'a stolen refresh token is good for ever': changeInputs('AdminsConsoleClient', {
      refreshTokenRotation: undefined,
    }),
    'there is nowhere to sign in': removeResource('AdminsDomain'),
    'another client signs in through pages': changeInputs('AdminsWebClient', {
      allowedOauthFlowsUserPoolClient: true,
    }),
    'the API refuses what the console gets': replaceText(
      'ApiAuthorizerAdminsAuthorizer',
      'AdminsConsole',
      'AdminsOther',
    ),
    'the console is told of another client': replaceText(
      'ConsoleFile config.json',
      'AdminsConsole',
      'AdminsWeb',
    ),
    'operators type their passwords elsewhere': replaceText(
      'ConsoleFile config.json',
      '.amazoncognito.com',
      '.evil.example',
    ),
    'operators take it for another stage': replaceText(
      'ConsoleFile config.json',
      'production',
      'asha',
    ),
  },
};
