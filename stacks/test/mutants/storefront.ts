import { addResource, changeInputs, type Mutants, removeResource, replaceText } from './damage.ts';

/** Between a stage's own storefront and a browser; broken on the stage that has one. */
export const storefrontMutants: Mutants = {
  'serves its storefront over https, from a bucket that no stranger reads': {
    'there is no site': removeResource('StorefrontSite'),
    'there is a site too many': addResource({
      type: 'aws:cloudfront/distribution:Distribution',
      name: 'Other',
      inputs: {
        aliases: [],
        origins: [],
        defaultCacheBehavior: { viewerProtocolPolicy: 'https-only', responseHeadersPolicyId: 'x' },
      },
    }),
    'the bucket may be made public': changeInputs('StorefrontBucketPrivate', {
      blockPublicPolicy: false,
    }),
    'every account’s CloudFront reads the bucket': replaceText(
      'StorefrontBucketPolicy',
      'distribution/StorefrontSite',
      'distribution/*',
    ),
    'every caller reads the bucket': replaceText(
      'StorefrontBucketPolicy',
      'cloudfront.amazonaws.com',
      's3.amazonaws.com',
    ),
    'pages come without https': replaceText('StorefrontSite', 'redirect-to-https', 'allow-all'),
    'the site has another name': changeInputs('StorefrontSite', { aliases: ['evil.example'] }),
  },
  'sends a storefront’s buyers to its own gateway alone, and runs no script but its own': {
    'pages may run inline scripts': replaceText(
      'StorefrontHeaders',
      "script-src 'self'",
      "script-src 'self' 'unsafe-inline'",
    ),
    'pages may call another API': replaceText('StorefrontHeaders', '.execute-api.', '.other.'),
    'no headers are sent': removeResource('StorefrontHeaders'),
    'PhonePe does not see the page': replaceText(
      'StorefrontHeaders',
      'strict-origin-when-cross-origin',
      'no-referrer',
    ),
    'buyers are sent elsewhere': replaceText(
      'StorefrontFile config.json',
      'mercury.phonepe.example',
      'evil.example',
    ),
    'the page itself is kept for ever': changeInputs('StorefrontFile index.html', {
      cacheControl: 'public, max-age=31536000, immutable',
    }),
    'there is no page': removeResource('StorefrontFile index.html'),
  },
};
