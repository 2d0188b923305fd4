import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  buildFunctionEnvironment,
  type StageFacts,
} from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { schedules } from '@cloudnestle/topology/routes';
import { forEachSubscriber } from '@cloudnestle/topology/subscribers';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition, FunctionName, WorkQueue } from '@cloudnestle/topology/types';
import { logicalName, type Stage } from './config/read-stage.ts';
import { reservedConcurrencyOf } from './config/reserved-concurrency.ts';
import { allowLogs, listPermissions, type Resources } from './permissions.ts';
import type { OwnQueues, Queues } from './queues.ts';

/** A deployed function by its name in the topology. */
interface StageFunction {
  definition: FunctionDefinition;
  /** What it is called on AWS. */
  name: string;
  arn: $util.Output<string>;
  logGroup: string;
}
export type Functions = Readonly<Record<FunctionName, StageFunction>>;

/** Every function of the topology, with just the environment and the permissions that it needs. */
export function createFunctions(
  stage: Stage,
  resources: Resources,
  facts: $util.Output<StageFacts>,
): Functions {
  const bundles = buildBundles();
  const create = (name: FunctionName) =>
    build(findFunction(name), { stage, resources, facts, bundles });
  return {
    upgrade: create('upgrade'),
    callback: create('callback'),
    paymentStatus: create('paymentStatus'),
    plans: create('plans'),
    webhook: create('webhook'),
    reconcile: create('reconcile'),
    validateToken: create('validateToken'),
    refund: create('refund'),
    refundStatus: create('refundStatus'),
    sweep: create('sweep'),
    refundSweep: create('refundSweep'),
    invoice: create('invoice'),
    invoiceSweep: create('invoiceSweep'),
    revenue: create('revenue'),
    operate: create('operate'),
    operations: create('operations'),
    ...forEachSubscriber(create),
  };
}

function build(
  definition: FunctionDefinition,
  options: {
    stage: Stage;
    resources: Resources;
    facts: $util.Output<StageFacts>;
    bundles: Bundles;
  },
): StageFunction {
  const { stage, resources, facts, bundles } = options;
  const own = findOwnQueues(definition, resources.queues);
  const queue = own && { url: own.queue.url, deadLetterUrl: own.deadLetterQueue.url };
  const environment = $resolve({ facts, queue }).apply(({ facts: known, queue: urls }) =>
    buildFunctionEnvironment(definition, known, urls),
  );
  const { arn, name, logGroup } = createFunction({
    stage,
    definition,
    environment,
    bundle: bundles(definition.name),
    permissions: listPermissions(definition, resources, own),
  });
  return { definition, arn, name, logGroup };
}

function findOwnQueues({ name }: FunctionDefinition, queues: Queues): OwnQueues | undefined {
  if (name === topology.jobQueue.function) return queues.jobs;
  return queues.subscribers.find(({ subscription }) => subscription.subscriber === name);
}

/** A scheduled run that could not start for so long is left to the next one. AWS takes no less. */
const LONGEST_WAIT_SECONDS = 60;

/** One Lambda function of the topology, its role and its log group. */
function createFunction(options: {
  stage: Stage;
  definition: FunctionDefinition;
  environment: $util.Input<Record<string, string>>;
  bundle: Promise<string>;
  permissions: sst.aws.FunctionPermissionArgs[];
}): { arn: $util.Output<string>; name: string; logGroup: string } {
  const { stage, definition, environment, bundle, permissions } = options;
  const name = stage.names.functionNameOf(definition.name);
  const logGroup = `/aws/lambda/${name}`;
  const reserved = reservedConcurrencyOf(definition, stage.config);
  const { arn } = new sst.aws.Function(`${logicalName(definition.name)}Handler`, {
    name,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    handler: 'index.handler',
    bundle,
    timeout: `${definition.timeoutSeconds} seconds`,
    memory: `${definition.memoryMb} MB`,
    logging: { format: 'json' },
    ...(reserved === undefined ? {} : { concurrency: { reserved } }),
    ...(isScheduled(definition) ? { retries: 0 } : {}),
    permissions: [...permissions, allowLogs(logGroup)],
    transform: {
      // SST would add an encryption key and the app's name: nothing here reads them.
      function: { environment: { variables: environment } },
      eventInvokeConfig: { maximumEventAgeInSeconds: LONGEST_WAIT_SECONDS },
      logGroup: { retentionInDays: stage.config.logRetentionDays },
      role: {
        name,
        // SST 4.17 would let the whole account assume the role, and log into any group.
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' }),
        managedPolicyArns: [],
      },
    },
  });
  return { arn, name, logGroup };
}

/** The scheduler does not wait for the answer: Lambda itself would call it twice more after an error, on top of the next runs. */
function isScheduled({ name }: FunctionDefinition): boolean {
  return schedules.some((schedule) => schedule.function === name);
}

/** The directory of a function's bundle, once it is built. */
type Bundles = (name: FunctionName) => Promise<string>;

/** What is deployed, byte for byte what is benchmarked and tested: SST's own bundler is left out. */
function buildBundles(): Bundles {
  const { root } = $cli.paths;
  // A process of its own: SST runs this config with an esbuild of its own, and maybe with another Node.
  const built = promisify(execFile)('node', [join('tools', 'run.mjs'), 'bundle'], { cwd: root });
  return async (name) => {
    await built;
    return join(root, 'dist', 'functions', name);
  };
}

/** Lets every subscriber's function, and the operators' worker, work on its own queue; a record that fails comes back alone. */
export function subscribeFunctions(queues: Queues, functions: Functions): void {
  const feed = (name: FunctionName, work: WorkQueue, queue: sst.aws.Queue) =>
    new aws.lambda.EventSourceMapping(`${logicalName(name)}Subscriber`, {
      eventSourceArn: queue.arn,
      functionName: functions[name].arn,
      batchSize: work.batchSize,
      maximumBatchingWindowInSeconds: work.batchWindowSeconds,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: work.maximumConcurrency },
    });
  for (const { subscription, queue } of queues.subscribers) {
    feed(subscription.subscriber, subscription, queue);
  }
  feed(topology.jobQueue.function, topology.jobQueue, queues.jobs.queue);
}
