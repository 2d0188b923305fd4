import { schedules } from '@cloudnestle/topology/routes';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Stage } from '../config/read-stage.ts';
import { reservedConcurrencyOf } from '../config/reserved-concurrency.ts';
import { logicalName } from '../logical-name.ts';
import { allowLogs } from './list-permissions.ts';

/** A scheduled run that could not start for so long is left to the next one. AWS takes no less. */
const LONGEST_WAIT_SECONDS = 60;

/** One Lambda function of the topology, its role and its log group. */
export function createFunction(options: {
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

/** Called without anybody waiting: Lambda itself would call it twice more after an error, on top of the next runs. */
function isScheduled({ name }: FunctionDefinition): boolean {
  return schedules.some((schedule) => schedule.function === name);
}
