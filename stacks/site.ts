import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Stage } from './config/read-stage.ts';

/** Managed by AWS: keeps a file as long as its own Cache-Control says. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const YEAR = 'public, max-age=31536000, immutable';

export interface SiteOptions {
  /** The folder of `packages/web`. */
  page: 'storefront' | 'console';
  /** In front of all files, and of the site's addresses: `console/`, or nothing. */
  prefix: string;
  /** The site's own `config.json`: what differs from stage to stage. */
  config: $util.Output<string>;
  /** Whom the pages may call besides themselves. */
  connectsTo: $util.Input<string>[];
  /** What another site learns of the address that a browser comes from. */
  referrerPolicy: string;
  domain: { name: string; certificateArn: string } | undefined;
}

/**
 * Pages of `packages/web` as a static site: a private bucket behind CloudFront, with the stage's own `config.json`. They are built
 * before anything is created.
 */
export async function createSite(
  stage: Stage,
  options: SiteOptions,
): Promise<aws.cloudfront.Distribution> {
  const { page, prefix } = options;
  const name = `${page.charAt(0).toUpperCase()}${page.slice(1)}`;
  const { root } = $cli.paths;
  // A process of its own: SST runs this config with an esbuild of its own, and maybe with another Node.
  await promisify(execFile)('node', [join('tools', 'run.mjs'), 'pages', page], { cwd: root });
  const bucket = new aws.s3.BucketV2(`${name}Bucket`, {
    bucketPrefix: stage.names.nameOf(`payments-${page}-`),
    // Nothing in it cannot be built again.
    forceDestroy: true,
  });
  new aws.s3.BucketPublicAccessBlock(`${name}BucketPrivate`, {
    bucket: bucket.bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const upload = createUpload(name, bucket.bucket, prefix);
  uploadPages(upload, join(root, 'dist', 'pages', page));
  upload('config.json', { content: options.config });
  const distribution = createDistribution(stage, name, bucket, options);
  new aws.s3.BucketPolicy(`${name}BucketPolicy`, {
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
  return distribution;
}

function createDistribution(
  { names }: Stage,
  name: string,
  bucket: aws.s3.BucketV2,
  options: SiteOptions,
): aws.cloudfront.Distribution {
  const { page, prefix, domain } = options;
  const siteName = names.nameOf(`payments-${page}`);
  const originId = 'pages';
  const access = new aws.cloudfront.OriginAccessControl(`${name}Access`, {
    name: siteName,
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
  return new aws.cloudfront.Distribution(`${name}Site`, {
    enabled: true,
    comment: siteName,
    defaultRootObject: `${prefix}index.html`,
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
      responseHeadersPolicyId: createHeaders(name, siteName, options).id,
    },
    // Every address is a page: which one, the pages' own code decides. S3 says 403 of what is not there.
    customErrorResponses: [403, 404].map((errorCode) => ({
      errorCode,
      responseCode: 200,
      responsePagePath: `/${prefix}index.html`,
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
function createHeaders(
  name: string,
  siteName: string,
  { connectsTo, referrerPolicy }: SiteOptions,
) {
  const policy = $resolve(connectsTo).apply((addresses) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src ${["'self'", ...addresses].join(' ')}`,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  return new aws.cloudfront.ResponseHeadersPolicy(`${name}Headers`, {
    name: siteName,
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy, override: true },
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

type Upload = (
  file: string,
  content: Pick<aws.s3.BucketObjectv2Args, 'content' | 'source'>,
) => void;

/** What carries a hash of its content in its name is kept for ever; the rest is asked for again each time. */
function createUpload(name: string, bucket: $util.Output<string>, prefix: string): Upload {
  return (file, content) => {
    new aws.s3.BucketObjectv2(`${name}File ${file.replace(/-[\w-]{8}(?=\.)/, '')}`, {
      bucket,
      key: `${prefix}${file}`,
      ...content,
      contentType: types[extname(file)] ?? 'application/octet-stream',
      cacheControl: file.startsWith('assets/') ? YEAR : 'no-cache',
    });
  };
}

function uploadPages(upload: Upload, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = relative(folder, path).split(sep).join('/');
    upload(file, { source: new $util.asset.FileAsset(path) });
  }
}
