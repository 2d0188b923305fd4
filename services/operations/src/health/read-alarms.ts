import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { httpStatusOf } from '@cloudnestle/runtime/aws-errors';
import { alarms } from '@cloudnestle/topology/alarms';
import { buildStageNames } from '@cloudnestle/topology/stage-names';
import * as z from 'zod';
import type { Desk } from '../desk/connect-desk.ts';

type AlarmView = Exclude<HealthResponse['alarms'], { unread: string }>[number];

/** CloudWatch takes so many names in a call. */
const NAMES_AT_ONCE = 100;
const TIMEOUT_MS = 4000;

/** Every alarm of the topology as CloudWatch has it; UNKNOWN where the stage has no such alarm, or its endpoint no CloudWatch. */
export async function readAlarms({ stage }: Pick<Desk, 'stage'>): Promise<AlarmView[]> {
  const { nameOf } = buildStageNames(stage.stage);
  const nameAt = (name: string) => nameOf(`marketplace-payments-${name}`);
  const found = await describeAlarms(alarms.map(({ name }) => nameAt(name)));
  return alarms.map(({ name, meaning, runbook }) => {
    const alarm = found.get(nameAt(name));
    const since = alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp;
    return {
      ...{ name, meaning, runbook },
      state: stateSchema.parse(alarm?.StateValue),
      ...(since === undefined ? {} : { since: since.toISOString() }),
    };
  });
}

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'UNKNOWN']).catch('UNKNOWN');

async function describeAlarms(names: readonly string[]): Promise<ReadonlyMap<string, MetricAlarm>> {
  const client = new CloudWatchClient({ maxAttempts: 2 });
  const found = new Map<string, MetricAlarm>();
  try {
    for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
      const AlarmNames = names.slice(at, at + NAMES_AT_ONCE);
      const { MetricAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames, MaxRecords: NAMES_AT_ONCE }),
        { abortSignal: AbortSignal.timeout(timeLimitMs(TIMEOUT_MS)) },
      );
      for (const alarm of MetricAlarms) found.set(alarm.AlarmName ?? '', alarm);
    }
    return found;
  } catch (error) {
    if (isWithoutCloudWatch(error)) return found;
    throw error;
  } finally {
    client.destroy();
  }
}

/** An endpoint that stands in for AWS need not have CloudWatch. */
function isWithoutCloudWatch(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  const status = httpStatusOf(error);
  return (
    /^(UnknownOperation|UnsupportedOperation|InvalidAction|NotImplemented)/.test(name) ||
    status === 404 ||
    status === 501
  );
}
