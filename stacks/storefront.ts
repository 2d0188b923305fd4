import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from './config/read-stage.ts';

/** Managed by AWS: keeps a file as long as its own Cache-Control says. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const YEAR = 'public, max-age=31536000, immutable';

/**
 * The storefront as a static site: a private bucket behind CloudFront, with the stage's own `config.json`. Undefined where the stage
 * has none. The pages are built before anything is created.
 */
export async function createStorefront(stage: Stage, apiUrl: $util.Output<string>) {
  const { storefront, solutionId } = stage.config;
  if (storefront === undefined) return undefined;
  const { root } = $cli.paths;
  // A process of its own: SST runs this config with an esbuild of its own, and maybe with another Node.
  await promisify(execFile)('node', [join('tools', 'run.mjs'), 'pages'], { cwd: root });
  const bucket = new aws.s3.BucketV2('StorefrontBucket', {
    bucketPrefix: stage.names.nameOf('payments-storefront-'),
    // Nothing in it cannot be built again.
    forceDestroy: true,
  });
  new aws.s3.BucketPublicAccessBlock('StorefrontBucketPrivate', {
    bucket: bucket.bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  uploadPages(bucket.bucket, join(root, 'dist', 'pages', 'storefront'));
  upload(bucket.bucket, 'config.json', {
    content: apiUrl.apply((url) =>
      JSON.stringify({
        apiUrl: url,
        source: storefront.source,
        gatewayOrigins: storefront.gatewayOrigins,
        solutionId,
        demoUsers: [],
        hasInbox: false,
      }),
    ),
  });
  const distribution = createDistribution(stage, bucket, apiUrl);
  new aws.s3.BucketPolicy('StorefrontBucketPolicy', {
    bucket: bucket.bucket,
    policy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: $interpolate`${bucket.arn}/*`,
          Condition: { StringEquals: { 'AWS:SourceArn': distribution.arn } },
        },
      ],
    }),
  });
  return { url: $interpolate`https://${storefront.domain?.name ?? distribution.domainName}` };
}

function createDistribution(
  { config, names }: Stage,
  bucket: aws.s3.BucketV2,
  apiUrl: $util.Output<string>,
): aws.cloudfront.Distribution {
  const domain = config.storefront?.domain;
  const originId = 'pages';
  const access = new aws.cloudfront.OriginAccessControl('StorefrontAccess', {
    name: names.nameOf('payments-storefront'),
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
  return new aws.cloudfront.Distribution('StorefrontSite', {
    enabled: true,
    comment: names.nameOf('payments-storefront'),
    defaultRootObject: 'index.html',
    httpVersion: 'http2and3',
    isIpv6Enabled: true,
    // With edges in India.
    priceClass: 'PriceClass_200',
    aliases: domain ? [domain.name] : [],
    origins: [
      {
        originId,
        domainName: bucket.bucketRegionalDomainName,
        originAccessControlId: access.id,
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: originId,
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: CACHING_OPTIMIZED,
      responseHeadersPolicyId: createHeaders(names.nameOf('payments-storefront'), apiUrl).id,
    },
    // Every address is a page of the shop: which one, its own code decides. S3 says 403 of what is not there.
    customErrorResponses: [403, 404].map((errorCode) => ({
      errorCode,
      responseCode: 200,
      responsePagePath: '/index.html',
    })),
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    viewerCertificate: domain
      ? {
          acmCertificateArn: domain.certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        }
      : { cloudfrontDefaultCertificate: true },
  });
}

/** What a browser is told of every file: the same as in the local run, and https alone. */
function createHeaders(name: string, apiUrl: $util.Output<string>) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    $interpolate`connect-src 'self' ${apiUrl}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new aws.cloudfront.ResponseHeadersPolicy('StorefrontHeaders', {
    name,
    securityHeadersConfig: {
      contentSecurityPolicy: {
        contentSecurityPolicy: $resolve(policy).apply((parts) => parts.join('; ')),
        override: true,
      },
      contentTypeOptions: { override: true },
      // PhonePe knows a merchant by the page that a buyer comes from.
      referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
      strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: true },
    },
  });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

function uploadPages(bucket: $util.Output<string>, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const key = relative(folder, file).split(sep).join('/');
    upload(bucket, key, { source: new $util.asset.FileAsset(file) });
  }
}

/** What carries a hash of its content in its name is kept for ever; the rest is asked for again each time. */
function upload(
  bucket: $util.Output<string>,
  key: string,
  content: Pick<aws.s3.BucketObjectv2Args, 'content' | 'source'>,
): void {
  new aws.s3.BucketObjectv2(`StorefrontFile ${key.replace(/-[\w-]{8}(?=\.)/, '')}`, {
    bucket,
    key,
    ...content,
    contentType: types[extname(key)] ?? 'application/octet-stream',
    cacheControl: key.startsWith('assets/') ? YEAR : 'no-cache',
  });
}
