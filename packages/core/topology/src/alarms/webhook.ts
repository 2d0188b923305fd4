import { counted, failedOfEnded } from '../metrics.ts';
import { type Alarm, sparse } from './alarm.ts';

/** What goes wrong where the gateway calls. */
export const webhookAlarms: readonly Alarm[] = [
  {
    ...sparse,
    name: 'webhook-errors',
    meaning: 'Webhooks are answered with errors of ours: 3 or more, and more than 5 %.',
    runbook: 'webhook-errors',
    measure: {
      // One that is faster than the gateway's own order status is answered 503 as well, and comes again.
      formula: 'IF(failed >= 3, 100 * failed / ended, 0)',
      from: failedOfEnded('webhook', 'WebhookFailed'),
    },
    raised: { above: 5 },
  },
  {
    ...sparse,
    name: 'webhook-authentication',
    meaning: 'At least 20 webhooks with wrong authentication within 5 minutes.',
    runbook: 'webhook-authentication',
    measure: counted('webhook', 'WebhookAuthenticationFailed'),
    raised: { above: 19 },
  },
  {
    // A shop with few payments never has 20 webhooks in 5 minutes, and its credentials may be wrong all the same.
    ...sparse,
    name: 'webhooks-all-refused',
    meaning: 'Every webhook of the last 15 minutes was refused for its authentication.',
    runbook: 'webhook-authentication',
    measure: {
      formula: 'IF(refused >= 3, 100 * refused / ended, 0)',
      from: {
        refused: counted('webhook', 'WebhookAuthenticationFailed'),
        ended: failedOfEnded('webhook', 'WebhookFailed').ended,
      },
    },
    raised: { above: 99 },
    periodSeconds: 900,
  },
];
