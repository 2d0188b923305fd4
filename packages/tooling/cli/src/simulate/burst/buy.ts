import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { describeError } from '@cloudnestle/runtime/errors';
import { postJson } from '../call.ts';
import { describeAnswer, parseJson } from '../read-answer.ts';
import { routeUrl } from '../route-url.ts';
import type { FinishAtGateway } from './connect-control.ts';
import { fates } from './fates.ts';
import { type Buyer, makeBuyer } from './make-buyer.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** An order whose buyer has done at the gateway what they were to do. */
export interface Purchase {
  kind: 'bought';
  transactionId: string;
  /** When the buyer acted at the gateway, on the clock of `performance`. */
  paidAtMs: number;
}
export type Failure = { kind: 'failed'; reason: string };

export interface BuyDependencies {
  stage: EnvironmentSecret;
  dynamo: DynamoDBDocumentClient;
  finish: FinishAtGateway;
}

/** A new buyer, their click on Upgrade, and what they do on the gateway's page. Never throws. */
export async function buy(
  { stage, dynamo, finish }: BuyDependencies,
  buyer: Buyer,
  { fate, mode }: PlannedPayment,
): Promise<Purchase | Failure> {
  try {
    await makeBuyer(dynamo, stage, buyer);
  } catch (error) {
    return failed(`the buyer could not be written: ${describeError(error)}`);
  }
  const { userId, email } = buyer;
  const asked = { userId, userEmail: email, tier: 'pro' };
  const answer = await postJson(routeUrl(stage.apiUrl, 'upgrade'), asked);
  const parsed =
    answer.kind === 'answered'
      ? upgradeResponseSchema.safeParse(parseJson(answer.body))
      : undefined;
  if (!parsed?.success) return failed(`the upgrade was not begun: ${describeAnswer(answer)}`);

  const { transactionId, merchantOrderId } = parsed.data;
  const paidAtMs = performance.now();
  const how = fates[fate].finish;
  if (how !== undefined) {
    const done = await finish(merchantOrderId, { mode, ...how });
    if (done.kind === 'unanswered' || done.status !== 200) {
      return failed(`the gateway did not take it: ${describeAnswer(done)}`);
    }
  }
  return { kind: 'bought', transactionId, paidAtMs };
}

function failed(reason: string): Failure {
  return { kind: 'failed', reason };
}
