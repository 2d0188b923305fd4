import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildSampleWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/samples/build-sample-webhook';
import type { SampleEvent } from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/signed-webhook';
import { createCommandPlatform } from '../../environment/create-platform.ts';
import { routeUrl } from '../route-url.ts';
import { describeSubject, type Subject } from './describe-subject.ts';
import type { WebhookOptions } from './options.ts';
import { readCredentials } from './read-credentials.ts';
import { sign } from './sign.ts';

/** A webhook that is ready to be sent. */
export interface PreparedWebhook {
  event: SampleEvent;
  subject: Subject;
  url: string;
  webhook: SignedWebhook;
}

/** Builds the webhook as the gateway would, for a stage, and signs it, or breaks its signature. Sends nothing. */
export async function prepareWebhook(
  event: SampleEvent,
  options: Pick<WebhookOptions, 'order' | 'refund' | 'amount' | 'mandate' | 'variant' | 'sign'>,
  stage: EnvironmentSecret,
): Promise<PreparedWebhook> {
  const platform = createCommandPlatform();
  const credentials = await readCredentials(stage.secrets.gatewayCredentials);
  const subject = await describeSubject(event, options, { stage, platform });
  const { variant, mandate } = options;
  const { merchantId } = credentials;
  const body = buildSampleWebhook(
    { event, variant, merchantId, setsUpMandate: mandate, ...subject },
    platform,
  );
  const webhook = sign(body, options.sign, credentials);
  return { event, subject, url: routeUrl(stage.apiUrl, 'webhook'), webhook };
}
