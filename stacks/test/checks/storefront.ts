import * as z from 'zod';
import { type Check, json, readResources, types } from './read.ts';

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

/** Where a stage has a storefront, it comes over https from a bucket that only CloudFront reads; elsewhere there is none. */
export const checkSite: Check = (graph, { config }) => {
  const sites = readResources(graph, types.distribution, siteSchema);
  const blocks = readResources(graph, types.bucketBlock, blockSchema);
  const policies = readResources(graph, types.bucketPolicy, policySchema);
  const wanted = config.storefront === undefined ? 0 : 1;
  const counts = { sites, blocks, policies };
  const { domain } = config.storefront ?? {};
  return [
    ...Object.entries(counts).flatMap(([what, { length }]) =>
      length === wanted ? [] : [`there are ${length} ${what} of a storefront, not ${wanted}`],
    ),
    ...blocks.flatMap(({ inputs }) =>
      Object.values(inputs).every(Boolean) ? [] : ['the bucket may be made public'],
    ),
    ...policies.flatMap(({ inputs }) =>
      inputs.policy.Statement.filter(
        ({ Principal, Action, Condition }) =>
          JSON.stringify(Principal) !== '{"Service":"cloudfront.amazonaws.com"}' ||
          Action !== 's3:GetObject' ||
          !/"AWS:SourceArn":"arn:aws:cloudfront:.*:distribution\/[^*]+"/.test(
            JSON.stringify(Condition),
          ),
      ).map((statement) => `the bucket is open: ${JSON.stringify(statement)}`),
    ),
    ...sites.flatMap(({ inputs: { aliases, defaultCacheBehavior } }) => [
      ...(defaultCacheBehavior.viewerProtocolPolicy === 'redirect-to-https'
        ? []
        : ['the storefront is served without https']),
      ...(aliases.join() === (domain?.name ?? '')
        ? []
        : [`the storefront is at ${aliases.join()}`]),
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

/** The storefront's pages run nothing but their own scripts, call this stage's API and lead to the configured gateway. */
export const checkPages: Check = (graph, { config }) => {
  const { storefront } = config;
  if (storefront === undefined) return [];
  const [api] = readResources(graph, types.api, apiSchema);
  const host = `${api?.inputs.name}.execute-api.`;
  const policies = readResources(graph, types.responseHeaders, headersSchema).map(
    ({ inputs }) => inputs.securityHeadersConfig,
  );
  const files = readResources(graph, types.bucketObject, fileSchema)
    .filter(({ resource }) => resource.name.startsWith('StorefrontFile '))
    .map(({ inputs }) => inputs);
  const told = files.find(({ key }) => key === 'config.json')?.content ?? '{}';
  const { apiUrl, source, gatewayOrigins }: Record<string, unknown> = JSON.parse(told);
  const isTold =
    String(apiUrl).includes(host) &&
    source === storefront.source &&
    JSON.stringify(gatewayOrigins) === JSON.stringify(storefront.gatewayOrigins);
  return [
    ...(policies.length === 1 ? [] : ['no headers are sent with the pages']),
    ...policies.flatMap(({ contentSecurityPolicy: { contentSecurityPolicy: policy } }) =>
      policy.startsWith("default-src 'none'") && !/unsafe|\*/.test(policy) && policy.includes(host)
        ? []
        : [`the pages may run or call: ${policy}`],
    ),
    ...policies.flatMap(({ referrerPolicy }) =>
      referrerPolicy.referrerPolicy === 'strict-origin-when-cross-origin'
        ? []
        : ['PhonePe is not told which page a buyer comes from'],
    ),
    ...(isTold ? [] : [`the pages are told: ${told}`]),
    ...files.flatMap(({ key, cacheControl }) =>
      cacheControl?.includes('immutable') === key.startsWith('assets/')
        ? []
        : [`${key} is kept by ${cacheControl}`],
    ),
    ...(files.some(({ key }) => key === 'index.html') ? [] : ['there is no page']),
  ];
};
