import { addMs } from '@cloudnestle/payments/clock';
import type { CreateOrderAnswer } from '@cloudnestle/payments/gateway';
import { ORDER_LIFETIME_SECONDS, type Order } from '@cloudnestle/payments/order';
import { buildReturnUrl } from '../build-return-url.ts';
import { announceOrder } from './announce-order.ts';
import { buildRow, type NewRow } from './build-row.ts';
import type { Attempt, UpgradeDependencies } from './dependencies.ts';
import { judgeRefusal } from './judge-refusal.ts';
import type { UpgradeOutcome } from './outcome.ts';

/**
 * Row first, then the gateway, then the page into the row, and only then to the buyer (design, the upgrade call): what
 * is not written down before it is asked for could be paid without anybody here knowing.
 */
export async function openOrder(
  deps: UpgradeDependencies,
  attempt: Attempt,
): Promise<UpgradeOutcome> {
  const { purchase, claim, context } = attempt;
  const { merchantOrderId, transactionId } = claim;
  const row = buildRow(purchase, claim, { now: deps.now(), gateway: deps.gateway.name });
  if (!(await deps.rows.create(row))) {
    return { kind: 'busy', reason: `${transactionId}: a newer click took the place` };
  }
  const timeoutMs = context.budget.payMs();
  if (timeoutMs === undefined) {
    return { kind: 'busy', reason: `${transactionId}: no time left to ask the gateway` };
  }
  const answer = await deps.gateway.createOrder(
    {
      merchantOrderId,
      amountInPaisa: row.amount,
      expiresInSeconds: ORDER_LIFETIME_SECONDS,
      returnUrl: buildReturnUrl(purchase.frontend.returnUrl, transactionId),
    },
    { timeoutMs },
  );
  switch (answer.kind) {
    case 'created':
      return handOut(deps, attempt, toOrder(attempt, row, answer, deps.now()), answer);
    case 'refused':
      return judgeRefusal(deps, attempt, answer.code);
    case 'unreachable':
    case 'unknown':
      return { kind: 'gatewayUnavailable', reason: `${transactionId}: ${answer.reason}` };
  }
}

type Created = Extract<CreateOrderAnswer, { kind: 'created' }>;

async function handOut(
  deps: UpgradeDependencies,
  attempt: Attempt,
  order: Order,
  { redirectUrl, gatewayOrderId }: Created,
): Promise<UpgradeOutcome> {
  const { transactionId } = attempt.claim;
  const page = { redirectUrl, gatewayOrderId };
  const expiresAt = order.expiresAt.toISOString();
  if (!(await deps.rows.storePage(transactionId, { ...page, expiresAt }))) {
    return { kind: 'busy', reason: `${transactionId}: a newer click took the place` };
  }
  await announceOrder(deps, attempt, order, redirectUrl);
  return { kind: 'opened', order, page, reused: false };
}

/** The order as its row stands once the page is in it. */
function toOrder({ purchase }: Attempt, row: NewRow, answer: Created, now: Date): Order {
  return {
    row: { ...row, redirectUrl: answer.redirectUrl, phonepeOrderId: answer.gatewayOrderId },
    plan: purchase.plan,
    amountInPaisa: row.amount,
    createdAt: new Date(row.createdAt),
    expiresAt: agreeOnExpiry(new Date(row.expiresAt), answer.expiresAt, now),
  };
}

/** What two clocks may differ by. */
const LATER_THAN_OURS_MS = 60_000;

/**
 * When the page ends: as the gateway says, within what it was asked for. A later end would keep the buyer on a dead page
 * and the sweep waiting for it (a wrong unit makes it decades); an end that is over already would fail an open order.
 */
function agreeOnExpiry(ours: Date, told: string | undefined, now: Date): Date {
  const theirs = new Date(told ?? Number.NaN);
  if (!(theirs > now)) return ours;
  const latest = addMs(ours, LATER_THAN_OURS_MS);
  return theirs < latest ? theirs : latest;
}
