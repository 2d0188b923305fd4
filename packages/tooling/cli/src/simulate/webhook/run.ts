import type { SampleEvent } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { readEnvironment } from '../../environment/read-environment.ts';
import { print } from '../../output/print.ts';
import { refuseProduction } from '../refuse-production.ts';
import { checkOptions } from './check-options.ts';
import { formatCurl } from './format-curl.ts';
import type { WebhookOptions } from './options.ts';
import { prepareWebhook } from './prepare-webhook.ts';
import { sendWebhook } from './send-webhook.ts';

/** Builds and signs a webhook, sends or prints it, and sets the exit status. */
export async function runWebhook(event: SampleEvent, options: WebhookOptions): Promise<void> {
  checkOptions(event, options);
  const stage = await readEnvironment();
  refuseProduction(stage.stage);
  const prepared = await prepareWebhook(event, options, stage);
  if (options.print) return print(formatCurl(prepared.url, prepared.webhook));
  await sendWebhook(prepared, stage.stage, options);
}
