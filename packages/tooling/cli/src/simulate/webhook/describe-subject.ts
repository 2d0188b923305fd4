import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildCatalogue, findPlanForTier } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { createMerchantOrderId, toTransactionId } from '@cloudnestle/payments/order-ids';
import {
  familyOf,
  type SampleEvent,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import type { WebhookOptions } from './options.ts';

/** What a webhook is about. */
export interface Subject {
  merchantOrderId: string;
  /** The gateway's id, where our row has it. */
  orderId: string | undefined;
  amountInPaisa: number;
  /** Of refund events only. */
  merchantRefundId: string | undefined;
}

/** What was asked for, completed from the order's row, or made up where the stage has no such order. */
export async function describeSubject(
  event: SampleEvent,
  options: Pick<WebhookOptions, 'order' | 'refund' | 'amount'>,
  { stage, platform }: { stage: EnvironmentSecret; platform: Platform },
): Promise<Subject> {
  const known = options.order === undefined ? undefined : await findOrder(stage, options.order);
  const madeUp = () => platform.newId().slice(0, 8);
  return {
    merchantOrderId:
      options.order ?? createMerchantOrderId('nobody', platform.now(), platform.randomInt),
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

/** What an order costs that nobody knows. */
function priceOf({ solutionId }: EnvironmentSecret): number {
  const plan = findPlanForTier(buildCatalogue({ solutionId }), 'pro');
  if (!plan) throw new Error('no plan is on sale for Pro');
  return plan.amountInPaisa;
}
