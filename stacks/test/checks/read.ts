import type { Graph, Resource } from '@cloudnestle/sst-offline/graph/graph';
import type { SeenQueue } from '@cloudnestle/topology/judge/queue';
import * as z from 'zod';
import type { Stage } from '../../config/read-stage.ts';

/** What is wrong with a stage's resource graph, in words; empty where it keeps the promise. */
export type Check = (graph: Graph, stage: Stage) => string[];

/** What two lists do not share, in words; the order means nothing. */
export function findDifferences(
  what: string,
  { found, wanted }: { found: Iterable<string>; wanted: Iterable<string> },
): string[] {
  const has = new Set(found);
  const should = new Set(wanted);
  return [
    ...[...should.difference(has)].map((each) => `${what} lacks ${each}`),
    ...[...has.difference(should)].map((each) => `${what} has ${each}, which it should not`),
  ];
}

/** A resource with the inputs that a check is about. */
export interface Read<Inputs> {
  resource: Resource;
  inputs: Inputs;
}

/** All resources of a type that are created, read by a schema. Throws where one is not as the schema says. */
export function readResources<Inputs>(
  graph: Graph,
  type: string,
  schema: z.ZodType<Inputs>,
): Read<Inputs>[] {
  return graph.resources
    .filter((resource) => resource.type === type && resource.lookup === undefined)
    .map((resource) => {
      const parsed = schema.safeParse(resource.inputs);
      if (parsed.success) return { resource, inputs: parsed.data };
      throw new Error(`${type} ${resource.name}:\n${z.prettifyError(parsed.error)}`);
    });
}

/** A JSON text inside an input. */
export function json<Inner extends z.ZodType>(inner: Inner) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);
}

/** What the checks look at, as Pulumi calls it. */
export const types = {
  api: 'aws:apigatewayv2/api:Api',
  apiStage: 'aws:apigatewayv2/stage:Stage',
  authorizer: 'aws:apigatewayv2/authorizer:Authorizer',
  archive: 'aws:cloudwatch/eventArchive:EventArchive',
  bucketBlock: 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
  bucketObject: 'aws:s3/bucketObjectv2:BucketObjectv2',
  bucketPolicy: 'aws:s3/bucketPolicy:BucketPolicy',
  bus: 'aws:cloudwatch/eventBus:EventBus',
  configurationSet: 'aws:sesv2/configurationSet:ConfigurationSet',
  distribution: 'aws:cloudfront/distribution:Distribution',
  function: 'aws:lambda/function:Function',
  functionUrl: 'aws:lambda/functionUrl:FunctionUrl',
  identity: 'aws:sesv2/emailIdentity:EmailIdentity',
  integration: 'aws:apigatewayv2/integration:Integration',
  invokeConfig: 'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig',
  logGroup: 'aws:cloudwatch/logGroup:LogGroup',
  mapping: 'aws:lambda/eventSourceMapping:EventSourceMapping',
  permission: 'aws:lambda/permission:Permission',
  policy: 'aws:iam/policy:Policy',
  queue: 'aws:sqs/queue:Queue',
  queuePolicy: 'aws:sqs/queuePolicy:QueuePolicy',
  responseHeaders: 'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy',
  role: 'aws:iam/role:Role',
  route: 'aws:apigatewayv2/route:Route',
  rule: 'aws:cloudwatch/eventRule:EventRule',
  schedule: 'aws:scheduler/schedule:Schedule',
  secret: 'aws:secretsmanager/secret:Secret',
  secretVersion: 'aws:secretsmanager/secretVersion:SecretVersion',
  subscription: 'aws:sns/topicSubscription:TopicSubscription',
  table: 'aws:dynamodb/table:Table',
  target: 'aws:cloudwatch/eventTarget:EventTarget',
  userPool: 'aws:cognito/userPool:UserPool',
  userGroup: 'aws:cognito/userGroup:UserGroup',
  userPoolDomain: 'aws:cognito/userPoolDomain:UserPoolDomain',
  userPoolClient: 'aws:cognito/userPoolClient:UserPoolClient',
} as const;

const functionSchema = z.object({
  name: z.string(),
  runtime: z.string(),
  architectures: z.array(z.string()),
  timeout: z.number(),
  memorySize: z.number(),
  role: z.string(),
  reservedConcurrentExecutions: z.number().optional(),
  loggingConfig: z.object({ logFormat: z.string(), logGroup: z.string() }),
  environment: z.object({ variables: z.record(z.string(), z.unknown()) }),
});
export type FunctionInputs = z.infer<typeof functionSchema>;

export function readFunctions(graph: Graph): Read<FunctionInputs>[] {
  return readResources(graph, types.function, functionSchema);
}

/** The stage's functions by their names. */
export function readFunctionsByName(graph: Graph): ReadonlyMap<string, FunctionInputs> {
  return new Map(readFunctions(graph).map(({ inputs }) => [inputs.name, inputs]));
}

const queueSchema = z.object({
  name: z.string(),
  messageRetentionSeconds: z.number().optional(),
  visibilityTimeoutSeconds: z.number().optional(),
  sqsManagedSseEnabled: z.boolean().optional(),
  redrivePolicy: json(
    z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }),
  ).optional(),
});

/** The stage's queues by their names, for the judge of queues. */
export function readQueues(
  graph: Graph,
): ReadonlyMap<string, SeenQueue & { isEncrypted: boolean }> {
  return new Map(
    readResources(graph, types.queue, queueSchema).map(({ inputs }) => [
      inputs.name,
      {
        isEncrypted: inputs.sqsManagedSseEnabled === true,
        visibilityTimeoutSeconds: inputs.visibilityTimeoutSeconds,
        retentionSeconds: inputs.messageRetentionSeconds,
        redrive: inputs.redrivePolicy && {
          deadLetterArn: inputs.redrivePolicy.deadLetterTargetArn,
          maxReceiveCount: inputs.redrivePolicy.maxReceiveCount,
        },
      },
    ]),
  );
}

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .optional();

const statementSchema = z.object({
  Effect: z.string(),
  Action: oneOrMore,
  NotAction: oneOrMore,
  Resource: oneOrMore,
  NotResource: oneOrMore,
  Principal: z.union([z.string(), z.record(z.string(), oneOrMore)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
});
export type Statement = z.infer<typeof statementSchema>;

const documentSchema = z
  .object({
    Statement: z
      .union([statementSchema, z.array(statementSchema)])
      .transform((value) => [value].flat()),
  })
  .transform(({ Statement }) => Statement);

/** A policy document's statements; SST hands them over as text or as an object. */
export const statementsSchema = z.union([json(documentSchema), documentSchema]);

const roleSchema = z.object({
  name: z.string(),
  assumeRolePolicy: statementsSchema,
  inlinePolicies: z.array(z.object({ policy: statementsSchema })).default([]),
  managedPolicyArns: z.array(z.string()).default([]),
});
type RoleInputs = z.infer<typeof roleSchema>;

export function readRoles(graph: Graph): Read<RoleInputs>[] {
  return readResources(graph, types.role, roleSchema);
}
