import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import { parseJson } from '@cloudnestle/contracts/json';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildEntitlementItems, buildUserItem } from '@cloudnestle/dev/seed/demo-items';
import { controlUrlOf } from '@cloudnestle/phonepe-sandbox/addresses';
import type { FinishOrder } from '@cloudnestle/phonepe-sandbox/control/control-schemas';
import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import { CliError } from '../../cli-error.ts';
import { type Answer, call, describeAnswer, postJson, routeUrl } from '../call-stage.ts';
import { fates } from './fates.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** An order whose buyer has done at the gateway what they were to do. */
export interface Purchase {
  kind: 'bought';
  transactionId: string;
  amountInPaisa: number;
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
  { fate, mode, plan }: PlannedPayment,
): Promise<Purchase | Failure> {
  try {
    await makeBuyer(dynamo, stage, buyer);
  } catch (error) {
    return failed(`the buyer could not be written: ${describeError(error)}`);
  }
  const { userId, email } = buyer;
  const asked = { userId, userEmail: email, tier: 'pro', ...plan };
  const answer = await postJson(routeUrl(stage.apiUrl, 'upgrade'), asked);
  const parsed =
    answer.kind === 'answered'
      ? upgradeResponseSchema.safeParse(parseJson(answer.body))
      : undefined;
  if (!parsed?.success) return failed(`the upgrade was not begun: ${describeAnswer(answer)}`);

  const { transactionId, merchantOrderId, amountInPaisa } = parsed.data;
  const paidAtMs = performance.now();
  const how = fates[fate].finish;
  if (how !== undefined) {
    const done = await finish(merchantOrderId, { mode, ...how });
    if (done.kind === 'unanswered' || done.status !== 200) {
      return failed(`the gateway did not take it: ${describeAnswer(done)}`);
    }
  }
  return { kind: 'bought', transactionId, amountInPaisa, paidAtMs };
}

function failed(reason: string): Failure {
  return { kind: 'failed', reason };
}

interface Buyer {
  userId: string;
  email: string;
}

/** The n-th buyer of a run. */
export function nameBuyer(run: string, number: number): Buyer {
  const userId = `sim-${run}-${number}`;
  return { userId, email: `${userId}@example.com` };
}

/** Writes a demo buyer: both entitlement records, and the row that says that the user is complete. */
async function makeBuyer(
  dynamo: DynamoDBDocumentClient,
  { tables, solutionId }: Pick<EnvironmentSecret, 'tables' | 'solutionId'>,
  buyer: Buyer,
): Promise<void> {
  const now = new Date();
  const user = {
    ...buyer,
    tier: 'registered' as const,
    records: ['byUserId', 'byEmail'] as const,
    note: 'simulated',
  };
  const newToken = () => `tok_perm_${randomBytes(16).toString('hex')}`;
  for (const Item of buildEntitlementItems(user, { now, solutionId, newToken })) {
    await dynamo.send(new PutCommand({ TableName: tables.entitlements, Item }));
  }
  const Item = buildUserItem(user, now);
  await dynamo.send(new PutCommand({ TableName: tables.users, Item }));
}

/** Does at the gateway what the buyer would do on its page. */
type FinishAtGateway = (merchantOrderId: string, how: FinishOrder) => Promise<Answer>;

const faultsSchema = z.object({ faults: z.array(z.unknown()) });

/** The control calls of a stage's gateway. Throws a `CliError` where it has none: then it is no sandbox of ours. */
export async function connectControl(stage: EnvironmentSecret): Promise<FinishAtGateway> {
  const url = controlUrlOf(stage.gateway.baseUrl);
  if (url === undefined) throw noSandbox(stage.stage);
  const answer = await call(`${url}/faults`);
  if (answer.kind === 'unanswered') {
    throw new CliError(`The gateway at ${url}: ${answer.reason}. Nothing was changed.`);
  }
  if (!faultsSchema.safeParse(parseJson(answer.body)).success) throw noSandbox(stage.stage);
  return (merchantOrderId, how) => postJson(`${url}/orders/${merchantOrderId}`, how);
}

function noSandbox(stage: string): CliError {
  return new CliError(
    `The gateway of the stage ${stage} is no sandbox: this command cannot pay there in a buyer's place. Nothing was changed.`,
  );
}
