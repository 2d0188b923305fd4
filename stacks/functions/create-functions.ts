import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import type { FunctionDefinition, FunctionName } from '@cloudnestle/topology/types';
import type { Stage } from '../config/read-stage.ts';
import { type Bundles, buildBundles } from './build-bundles.ts';
import { createFunction } from './create-function.ts';
import { listPermissions, type Resources } from './list-permissions.ts';

/** A deployed function by its name in the topology. */
export interface StageFunction {
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
    webhook: create('webhook'),
    reconcile: create('reconcile'),
    validateToken: create('validateToken'),
    sweep: create('sweep'),
    tiers: create('tiers'),
    entitlements: create('entitlements'),
    notifications: create('notifications'),
    reconciliation: create('reconciliation'),
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
  const own = resources.queues.subscribers.find(
    ({ subscription }) => subscription.subscriber === definition.name,
  );
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
