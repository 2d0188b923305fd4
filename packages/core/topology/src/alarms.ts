import type { Alarm } from './alarms/alarm.ts';
import { attentionAlarms } from './alarms/attention.ts';
import { effectAlarms } from './alarms/effects.ts';
import { functionAlarms } from './alarms/functions.ts';
import { paymentAlarms } from './alarms/payments.ts';
import { queueAlarms } from './alarms/queues.ts';
import { webhookAlarms } from './alarms/webhook.ts';

/** Everything an operator is told of without asking. */
export const alarms: readonly Alarm[] = [
  ...paymentAlarms,
  ...attentionAlarms,
  ...webhookAlarms,
  ...effectAlarms,
  ...queueAlarms,
  ...functionAlarms,
];

/** What an alarm says of itself in a mail: what is wrong, and which page of this repository helps. */
export function describeAlarm({ meaning, runbook }: Alarm): string {
  return `${meaning} What to do: docs/runbooks/${runbook}.md`;
}
