import { topology } from '@cloudnestle/topology/topology';
import { logicalName, type Stage } from './config/read-stage.ts';
import type { Functions } from './functions.ts';

/**
 * What runs by the clock. A run that fails or is late is not repeated and kept nowhere: the next one is a minute away,
 * finds the same orders, and would only meet the repeated one. Runs that fail or are missing are seen by alarms.
 */
export function createSchedules({ names }: Stage, functions: Functions): readonly sst.aws.CronV2[] {
  return topology.schedules.map(({ name, everyMinutes, function: runs }) => {
    const unit = everyMinutes === 1 ? 'minute' : 'minutes';
    return new sst.aws.CronV2(`${logicalName(runs)}Schedule`, {
      schedule: `rate(${everyMinutes} ${unit})`,
      function: functions[runs].arn,
      retries: 0,
      transform: {
        schedule: { name: names.nameOf(name) },
        role: (args) => {
          args.name = names.nameOf(`${name}-schedule`);
          args.assumeRolePolicy = trustScheduler();
        },
      },
    });
  });
}

/** Only for schedules of this account: SST leaves that out. */
function trustScheduler(): $util.Output<string> {
  return aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ['sts:AssumeRole'],
        principals: [{ type: 'Service', identifiers: ['scheduler.amazonaws.com'] }],
        conditions: [
          {
            test: 'StringEquals',
            variable: 'aws:SourceAccount',
            values: [aws.getCallerIdentityOutput({}).accountId],
          },
        ],
      },
    ],
  }).json;
}
