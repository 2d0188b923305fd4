import type { Alarm } from './alarms/alarm.ts';
import { functionAlarms, queueAlarms } from './alarms/infrastructure.ts';
import {
  attentionAlarms,
  documentAlarms,
  effectAlarms,
  paymentAlarms,
  webhookAlarms,
} from './alarms/payments.ts';
import { refundAlarms } from './alarms/refunds.ts';

/** Everything an operator is told of without asking. */
export const alarms: readonly Alarm[] = [
  ...paymentAlarms,
  ...attentionAlarms,
  ...refundAlarms,
  ...webhookAlarms,
  ...effectAlarms,
  ...documentAlarms,
  ...queueAlarms,
  ...functionAlarms,
];

/** What an alarm says of itself in a mail: what is wrong, and which page of this repository helps. */
export function describeAlarm({ meaning, runbook }: Alarm): string {
  return `${meaning} What to do: docs/runbooks/${runbook}.md`;
}
