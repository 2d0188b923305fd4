import * as z from 'zod';
import type { Stage } from '../../config/read-stage.ts';
import { type Check, json, readResources, types } from './read.ts';

interface Site {
  /** What its resources' names begin with. */
  name: 'Storefront' | 'Console';
  /** In front of its files. */
  prefix: string;
  /** Its own name; undefined: CloudFront's. */
  domain: string | undefined;
  referrerPolicy: string;
}

/** The sites that a stage is configured to have. */
function listSites({ config: { storefront, console } }: Stage): Site[] {
  const shop: Site[] = storefront
    ? [
        {
          ...{ name: 'Storefront', prefix: '', domain: storefront.domain?.name },
          referrerPolicy: 'strict-origin-when-cross-origin',
        },
      ]
    : [];
  const own = console?.certificateArn ? new URL(console.origin).host : undefined;
  return console
    ? [...shop, { name: 'Console', prefix: 'console/', domain: own, referrerPolicy: 'no-referrer' }]
    : shop;
}

const siteSchema = z.object({
  aliases: z.array(z.string()),
  origins: z.array(z.object({ domainName: z.string(), originAccessControlId: z.string() })),
  defaultCacheBehavior: z.object({
    viewerProtocolPolicy: z.string(),
    responseHeadersPolicyId: z.string(),
  }),
});
const blockSchema = z.object({
  blockPublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  ignorePublicAcls: z.boolean(),
  restrictPublicBuckets: z.boolean(),
});
const policySchema = z.object({
  policy: json(
    z.object({
      Statement: z.array(
        z.object({
          Effect: z.string(),
          Principal: z.unknown(),
          Action: z.string(),
          Condition: z.unknown(),
        }),
      ),
    }),
  ),
});

/** Storefront and console, where a stage has them, come over https from buckets that only CloudFront reads; there are no others. */
export const checkSites: Check = (graph, stage) => {
  const sites = readResources(graph, types.distribution, siteSchema);
  const blocks = readResources(graph, types.bucketBlock, blockSchema);
  const policies = readResources(graph, types.bucketPolicy, policySchema);
  const wanted = listSites(stage);
  return [
    ...Object.entries({ sites, blocks, policies }).flatMap(([what, { length }]) =>
      length === wanted.length
        ? []
        : [`there are ${length} ${what} of pages, not ${wanted.length}`],
    ),
    ...blocks.flatMap(({ inputs }) =>
      Object.values(inputs).every(Boolean) ? [] : ['a bucket may be made public'],
    ),
    ...policies.flatMap(({ inputs }) =>
      inputs.policy.Statement.filter(
        ({ Principal, Action, Condition }) =>
          JSON.stringify(Principal) !== '{"Service":"cloudfront.amazonaws.com"}' ||
          Action !== 's3:GetObject' ||
          !/"AWS:SourceArn":"arn:aws:cloudfront:.*:distribution\/[^*]+"/.test(
            JSON.stringify(Condition),
          ),
      ).map((statement) => `a bucket is open: ${JSON.stringify(statement)}`),
    ),
    ...sites.flatMap(({ resource, inputs: { aliases, defaultCacheBehavior } }) => [
      ...(defaultCacheBehavior.viewerProtocolPolicy === 'redirect-to-https'
        ? []
        : [`${resource.name} is served without https`]),
      ...(wanted.some(
        ({ name, domain = '' }) => resource.name === `${name}Site` && aliases.join() === domain,
      )
        ? []
        : [`${resource.name} is at ${aliases.join()}`]),
    ]),
  ];
};

const headersSchema = z.object({
  securityHeadersConfig: z.object({
    contentSecurityPolicy: z.object({ contentSecurityPolicy: z.string() }),
    referrerPolicy: z.object({ referrerPolicy: z.string() }),
  }),
});
/** Functions' code lies in S3 as well, and has no header. */
const fileSchema = z.object({
  key: z.string().default(''),
  cacheControl: z.string().optional(),
  content: z.string().optional(),
});
const apiSchema = z.object({ name: z.string() });

/** Pages run nothing but their own scripts, call this stage's API, and tell other sites no more of an address than they must. */
export const checkPages: Check = (graph, stage) => {
  const [api] = readResources(graph, types.api, apiSchema);
  const host = `${api?.inputs.name}.execute-api.`;
  const headers = readResources(graph, types.responseHeaders, headersSchema);
  return listSites(stage).flatMap(({ name, prefix, referrerPolicy }) => {
    const own = headers.find(({ resource }) => resource.name === `${name}Headers`)?.inputs;
    if (!own) return [`no headers are sent with the pages of ${name}`];
    const { contentSecurityPolicy, referrerPolicy: sent } = own.securityHeadersConfig;
    const policy = contentSecurityPolicy.contentSecurityPolicy;
    const files = readFiles(graph, name);
    const tellsApi = String(readTold(graph, name).apiUrl).includes(host);
    return [
      ...(policy.startsWith("default-src 'none'") &&
      !/unsafe|\*/.test(policy) &&
      policy.includes(host)
        ? []
        : [`the pages of ${name} may run or call: ${policy}`]),
      ...(sent.referrerPolicy === referrerPolicy
        ? []
        : [`of the pages of ${name} others learn: ${sent.referrerPolicy}`]),
      ...(tellsApi ? [] : [`the pages of ${name} are told of another API`]),
      ...files.flatMap(({ key, cacheControl }) =>
        key.startsWith(prefix) &&
        cacheControl?.includes('immutable') === key.startsWith(`${prefix}assets/`)
          ? []
          : [`${key} is kept by ${cacheControl}`],
      ),
      ...(files.some(({ key }) => key === `${prefix}index.html`) ? [] : [`${name} has no page`]),
    ];
  });
};

/** A storefront's pages lead buyers to the configured gateway. */
export const checkStorefront: Check = (graph, { config }) => {
  const { storefront } = config;
  if (storefront === undefined) return [];
  const { source, gatewayOrigins } = readTold(graph, 'Storefront');
  return source === storefront.source &&
    JSON.stringify(gatewayOrigins) === JSON.stringify(storefront.gatewayOrigins)
    ? []
    : [`buyers are sent to ${JSON.stringify(gatewayOrigins)}`];
};

/** What a site's `config.json` says. */
export function readTold(graph: Parameters<Check>[0], name: Site['name']): Record<string, unknown> {
  const file = readFiles(graph, name).find(({ key }) => key.endsWith('config.json'));
  return JSON.parse(file?.content ?? '{}');
}

function readFiles(graph: Parameters<Check>[0], name: Site['name']) {
  return readResources(graph, types.bucketObject, fileSchema)
    .filter(({ resource }) => resource.name.startsWith(`${name}File `))
    .map(({ inputs }) => inputs);
}
