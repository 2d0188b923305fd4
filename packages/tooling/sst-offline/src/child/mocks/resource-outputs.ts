import type { Inputs } from '../pulumi.ts';

/** What AWS's provider would answer for a resource. SST's components read ARNs and urls apart, so these are well formed. */
export function buildOutputs(
  resource: { type: string; name: string; inputs: Inputs; lookup?: string | undefined },
  region: string,
): { id: string; state: Inputs } {
  const { type, inputs, lookup } = resource;
  const name = lookup || textOf(inputs.name) || textOf(inputs.bucket) || resource.name;
  const { id = name, ...outputs } = outputsByType[type]?.({ name, inputs, region }) ?? {};
  const service = type.split(/[:/]/)[1] ?? 'unknown';
  return {
    id,
    state: { name, arn: buildArn(service, region, name), ...inputs, ...outputs },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

type BuildOutputs = (resource: { name: string; inputs: Inputs; region: string }) => Inputs & {
  id?: string;
};

/** Outputs by type, where they are more than the inputs, the name as id and a plain ARN. */
const outputsByType: Readonly<Record<string, BuildOutputs>> = {
  'aws:sqs/queue:Queue': ({ name, region }) => {
    const url = `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`;
    return { id: url, url, arn: buildArn('sqs', region, name) };
  },
  'aws:sns/topic:Topic': ({ name, region }) => withId(buildArn('sns', region, name)),
  'aws:secretsmanager/secret:Secret': ({ name, region }) =>
    withId(buildArn('secretsmanager', region, `secret:${name}-AbCdEf`)),
  'aws:cloudwatch/eventBus:EventBus': arnOf('events', 'event-bus/'),
  'aws:cloudwatch/eventArchive:EventArchive': arnOf('events', 'archive/'),
  'aws:cloudwatch/eventRule:EventRule': ({ name, inputs, region }) => ({
    arn: buildArn('events', region, `rule/${String(inputs.eventBusName)}/${name}`),
  }),
  'aws:cloudwatch/logGroup:LogGroup': arnOf('logs', 'log-group:'),
  'aws:cloudwatch/metricAlarm:MetricAlarm': arnOf('cloudwatch', 'alarm:'),
  'aws:dynamodb/table:Table': arnOf('dynamodb', 'table/'),
  'aws:iam/role:Role': ({ name }) => ({ arn: buildArn('iam', '', `role/${name}`) }),
  'aws:iam/policy:Policy': ({ name }) => withId(buildArn('iam', '', `policy/${name}`)),
  'aws:scheduler/schedule:Schedule': arnOf('scheduler', 'schedule/default/'),
  'aws:apigatewayv2/api:Api': ({ name, region }) => ({
    apiEndpoint: `https://${name}.execute-api.${region}.amazonaws.com`,
    executionArn: buildArn('execute-api', region, name),
  }),
  'aws:s3/bucketV2:BucketV2': ({ inputs, region }) => {
    const bucket = `${String(inputs.bucketPrefix ?? '')}offline`;
    const bucketRegionalDomainName = `${bucket}.s3.${region}.amazonaws.com`;
    return { id: bucket, bucket, bucketRegionalDomainName, arn: `arn:aws:s3:::${bucket}` };
  },
  'aws:cloudfront/distribution:Distribution': ({ name }) => ({
    domainName: 'd111111abcdef8.cloudfront.net',
    arn: buildArn('cloudfront', '', `distribution/${name}`),
  }),
  'aws:cognito/userPool:UserPool': ({ name, region }) => ({
    id: `${region}_${name}`,
    arn: buildArn('cognito-idp', region, `userpool/${region}_${name}`),
  }),
  'aws:sesv2/emailIdentity:EmailIdentity': ({ inputs, region }) => ({
    arn: buildArn('ses', region, `identity/${String(inputs.emailIdentity)}`),
    dkimSigningAttributes: { tokens: ['dkim1', 'dkim2', 'dkim3'] },
  }),
  'aws:sesv2/configurationSet:ConfigurationSet': ({ inputs, region }) => ({
    arn: buildArn('ses', region, `configuration-set/${String(inputs.configurationSetName)}`),
  }),
  'aws:lambda/function:Function': ({ name, region }) => {
    const arn = buildArn('lambda', region, `function:${name}`);
    const path = buildArn('apigateway', region, 'lambda:path/2015-03-31/functions');
    return { arn, qualifiedArn: `${arn}:$LATEST`, invokeArn: `${path}/${arn}/invocations` };
  },
  'random:index/randomBytes:RandomBytes': () => ({
    base64: Buffer.alloc(32).toString('base64'),
    hex: '00'.repeat(32),
  }),
};

function arnOf(service: string, prefix: string): BuildOutputs {
  return ({ name, region }) => ({ arn: buildArn(service, region, `${prefix}${name}`) });
}

function withId(arn: string) {
  return { id: arn, arn };
}

/** AWS's own example account. */
export const ACCOUNT = '123456789012';

export function buildArn(service: string, region: string, rest: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;
}
