import { setTimeout as delay } from 'node:timers/promises';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import type { DemoUser } from '@cloudnestle/dev/demo-users';
import { buildEntitlementItems, buildUserItem } from '@cloudnestle/dev/seed/demo-items';
import type { LocalRun, LogEntry, Timeline } from '@cloudnestle/dev/start';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';

/** A paid order whose webhook has not been delivered yet. */
export interface PaidOrder {
  transactionId: string;
  headers: Record<string, string>;
  body: string;
}

/** A buyer clicks Upgrade and pays by UPI; the sandbox keeps its webhook to itself. */
export async function checkOut(run: LocalRun, buyer: DemoUser): Promise<PaidOrder> {
  const { userId, email: userEmail } = buyer;
  const answer = await fetch(`${run.url}/payments/upgrade-to-pro`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, userEmail, tier: 'pro' }),
  });
  if (!answer.ok) throw new Error(`upgrade-to-pro answered ${answer.status}`);
  const { transactionId, merchantOrderId } = upgradeResponseSchema.parse(await answer.json());
  run.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
  const webhook = run.sandbox.signWebhook(merchantOrderId);
  if (!webhook) throw new Error('the sandbox does not know its order');
  const { headers, body } = webhook;
  return { transactionId, headers, body: new TextDecoder().decode(body) };
}

const CONCURRENCY = 16;

/** Registered users with both entitlement records, each able to pay once. */
export async function seedBuyers(
  run: LocalRun,
  dynamo: DynamoDBDocumentClient,
  count: number,
): Promise<DemoUser[]> {
  const buyers = Array.from({ length: count }, (_, index) => buildBuyer(index));
  await mapConcurrently(buyers, CONCURRENCY, (buyer) => seed(run, dynamo, buyer));
  return buyers;
}

function buildBuyer(index: number): DemoUser {
  const userId = `buyer-${index}`;
  return {
    userId,
    email: `${userId}@example.com`,
    tier: 'registered',
    records: ['byUserId', 'byEmail'],
    note: '',
  };
}

async function seed(
  { topology }: LocalRun,
  dynamo: DynamoDBDocumentClient,
  buyer: DemoUser,
): Promise<void> {
  const { users, entitlements } = topology.tables;
  const now = new Date();
  const newToken = () => `tok_perm_${buyer.userId}`;
  for (const Item of buildEntitlementItems(buyer, {
    now,
    newToken,
    solutionId: DEFAULT_SOLUTION_ID,
  })) {
    await dynamo.send(new PutCommand({ TableName: entitlements.name, Item }));
  }
  await dynamo.send(new PutCommand({ TableName: users.name, Item: buildUserItem(buyer, now) }));
}

/** What a payment is settled by; its invoice is another matter. */
export const settling = ['tiers', 'entitlements', 'notifications', 'reconciliation'] as const;
/** Looking costs time too, and the moments come from the log, so it need not look often. */
const LOOK_EVERY_MS = 40;

/**
 * When the last of the four effects of all these orders was done, in epoch milliseconds. Rejects after `timeoutMs`, and
 * where a subscriber gave one up.
 */
export async function waitForEffects(
  timeline: Timeline,
  transactionIds: readonly string[],
  options: { timeoutMs: number },
): Promise<number> {
  const wanted = new Set(transactionIds);
  const giveUpAtMs = Date.now() + options.timeoutMs;
  while (Date.now() < giveUpAtMs) {
    const doneAtMs = findEffects(timeline, wanted);
    if (doneAtMs.size === wanted.size * settling.length) return Math.max(...doneAtMs.values());
    await delay(LOOK_EVERY_MS);
  }
  throw new Error('the effects of a payment did not come about');
}

/** The moment of each effect by subscriber and order; of a repeated one the first. */
function findEffects(timeline: Timeline, wanted: ReadonlySet<string>): Map<string, number> {
  const doneAtMs = new Map<string, number>();
  for (const entry of timeline.summaries()) {
    const id = String(entry.fields.transactionId);
    if (!wanted.has(id) || !isEffect(entry)) continue;
    const key = `${entry.unit} ${id}`;
    if (!doneAtMs.has(key)) doneAtMs.set(key, entry.at.getTime());
  }
  return doneAtMs;
}

function isEffect({ unit, fields }: LogEntry): boolean {
  if (!settling.some((name) => name === unit)) return false;
  if (fields.outcome === 'dead-lettered') throw new Error(`${unit} gave up: ${fields.reason}`);
  return fields.detailType === 'PaymentCompleted' && fields.outcome !== 'retry';
}
