import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildCatalogue, findOneTimePlan } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { createMerchantOrderId, toTransactionId } from '@cloudnestle/payments/order-ids';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { type PhonePeCredentials, parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { buildSampleWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/samples/build-sample-webhook';
import {
  familyOf,
  type SampleEvent,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import type { SignedWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import { CliError } from '../../cli-error.ts';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { routeUrl } from '../call-stage.ts';
import type { WebhookOptions } from './options.ts';
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

/** What a webhook is about. */
interface Subject {
  merchantOrderId: string;
  /** The gateway's id, where our row has it. */
  orderId: string | undefined;
  amountInPaisa: number;
  /** Of refund events only. */
  merchantRefundId: string | undefined;
}

/** What was asked for, completed from the order's row, or made up where the stage has no such order. */
async function describeSubject(
  event: SampleEvent,
  options: Pick<WebhookOptions, 'order' | 'refund' | 'amount'>,
  { stage, platform }: { stage: EnvironmentSecret; platform: Platform },
): Promise<Subject> {
  const known = options.order === undefined ? undefined : await findOrder(stage, options.order);
  const madeUp = () => platform.newId().slice(0, 8);
  return {
    merchantOrderId:
      options.order ?? createMerchantOrderId('unknown', platform.now(), platform.randomInt),
    orderId: known?.row.phonepeOrderId,
    amountInPaisa: options.amount ?? known?.amountInPaisa ?? priceOf(stage),
    merchantRefundId:
      familyOf(event) === 'refund' ? (options.refund ?? `SIM-REFUND-${madeUp()}`) : undefined,
  };
}

async function findOrder(stage: EnvironmentSecret, merchantOrderId: string) {
  const id = toTransactionId(merchantOrderId);
  const item = await readTransaction(createDynamoClient(), stage.tables.transactions, id);
  const found = item && readOrder(item, buildCatalogue({ solutionId: stage.solutionId }));
  return found?.kind === 'order' ? found.order : undefined;
}

/** What an order costs that the stage does not have: the price of Pro. */
function priceOf({ solutionId }: EnvironmentSecret): number {
  const plan = findOneTimePlan(buildCatalogue({ solutionId }), 'pro');
  if (!plan) throw new Error('no plan is on sale for Pro');
  return plan.amountInPaisa;
}

const TIMEOUT_MS = 5000;

/** The gateway's credentials on a stage as they stand now. Throws a `CliError` that says nothing of what stands there. */
async function readCredentials(secret: string): Promise<PhonePeCredentials> {
  const parsed = parsePhonePeCredentials(await readSecret(secret));
  if (parsed.kind === 'credentials') return parsed.credentials;
  throw new CliError(`The webhook cannot be signed: ${parsed.reason}.`);
}

async function readSecret(secret: string): Promise<unknown> {
  try {
    return await createSecretReader(secret, { timeoutMs: timeLimitMs(TIMEOUT_MS) })({
      fresh: true,
    });
  } catch (error) {
    throw new CliError(`The secret ${secret} cannot be read (${describeError(error)}).`, {
      cause: error,
    });
  }
}
