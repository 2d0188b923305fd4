import { findCover, readAccess } from '@cloudnestle/payments/access/fold';
import { readGrants } from '@cloudnestle/payments/access/grants';
import { buildInitiatedEvent, type PublishAnswer } from '@cloudnestle/payments/build-events';
import { findTier } from '@cloudnestle/payments/catalogue';
import { addMs } from '@cloudnestle/payments/clock';
import { isSameEmail } from '@cloudnestle/payments/email';
import type { CreateOrderAnswer, PaymentGateway } from '@cloudnestle/payments/gateway';
import { ORDER_LIFETIME_SECONDS, type Order } from '@cloudnestle/payments/order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { buildReturnUrl } from '../return-page.ts';
import { buildClaim, type Claim } from './checkout-slots.ts';
import { buildRow, type NewRow } from './order-rows.ts';
import type { Purchase } from './read-purchase.ts';
import { takeSlot } from './take-slot.ts';
import type {
  Attempt,
  RequestContext,
  UpgradeDependencies,
  UpgradeOutcome,
} from './upgrade-call.ts';

/**
 * The upgrade call: one current order per buyer and tier, however often the buyer clicks. Throws only if AWS cannot be
 * reached or gives an invalid answer; nothing is lost then, the next click goes on from what was written.
 */
export async function upgradeToPlan(
  deps: UpgradeDependencies,
  purchase: Purchase,
  context: RequestContext,
): Promise<UpgradeOutcome> {
  const user = await deps.findUser(purchase.userId);
  if (!user || !isSameEmail(user.email, purchase.userEmail)) return { kind: 'userUnknown' };
  // A plan sold to a suspended user gives no access: the money would be owed back from the start.
  if (user.subscriptionStatus === 'suspended') return { kind: 'suspended' };
  const stored = { ...user, tier: user.subscriptionTier };
  const moment = { tiers: deps.catalogue.tiers, now: deps.now() };
  const currentTier = readAccess(stored, moment).tier;
  // It may be a better one, and a payment would not improve what is left alone.
  if (!findTier(moment.tiers, currentTier)) return { kind: 'unknownTier', currentTier };
  const cover = findCover(stored, purchase.plan.tier, moment);
  // Who holds it until some day may buy it again, or something else: that runs on, or beside.
  if (cover.held && cover.until === undefined) return { kind: 'alreadyHeld', currentTier };
  // The order keeps the row's spelling: the caller's may look the same and lead to another inbox.
  const own = { ...purchase, userEmail: user.email };
  const claim = buildClaim(deps, own);
  const granted = readGrants(user.grants);
  const attempt = { purchase: own, context, currentTier, granted, claim };
  const outcome = await withoutLeftoverLease(deps, attempt.claim, () =>
    takeSlotAndOpen(deps, attempt),
  );
  if (outcome.kind === 'opened') await keepBilling(deps, purchase, outcome);
  return outcome;
}

/**
 * Whom the invoice is made out to: on the order of an earlier click too, whose buyer has gone back to correct it, and for the
 * buyer's next order. A courtesy: the payment goes on without it.
 */
async function keepBilling(
  deps: UpgradeDependencies,
  { userId, billing }: Purchase,
  { order, reused }: Extract<UpgradeOutcome, { kind: 'opened' }>,
): Promise<void> {
  if (billing === undefined) return;
  const { transactionId } = order.row;
  try {
    if (reused) await deps.rows.storeBilling(transactionId, billing);
    await deps.profiles.keep(userId, billing);
  } catch (error) {
    deps.log.warn('billing not kept', { transactionId, reason: describeError(error) });
  }
}

async function takeSlotAndOpen(
  deps: UpgradeDependencies,
  attempt: Attempt,
): Promise<{ outcome: UpgradeOutcome; leavesLease: boolean }> {
  const place = await takeSlot(deps, attempt);
  if (place.kind !== 'taken') {
    if (place.kind === 'opened') {
      await announceOrder(deps, attempt, place.order, place.page.redirectUrl);
    }
    return { outcome: place, leavesLease: false };
  }
  const outcome = await openOrder(deps, attempt);
  const leavesLease = outcome.kind !== 'opened' && outcome.kind !== 'gatewayRefused';
  return { outcome, leavesLease };
}

/**
 * Ends the lease of a request that ends without a page, so that the buyer's next click need not wait for it to run out.
 * That is safe even where the gateway may have the order: its page's address was lost with this request, so the buyer
 * cannot pay it, and the next click fences the row before it opens another.
 */
async function withoutLeftoverLease(
  deps: UpgradeDependencies,
  claim: Claim,
  work: () => Promise<{ outcome: UpgradeOutcome; leavesLease: boolean }>,
): Promise<UpgradeOutcome> {
  try {
    const { outcome, leavesLease } = await work();
    if (leavesLease) await releaseLease(deps, claim);
    return outcome;
  } catch (error) {
    await releaseLease(deps, claim);
    throw error;
  }
}

async function releaseLease(deps: UpgradeDependencies, claim: Claim): Promise<void> {
  try {
    await deps.slots.releaseLease(claim);
  } catch (error) {
    const reason = describeError(error);
    deps.log.warn('the lease has to run out', { transactionId: claim.transactionId, reason });
  }
}

/**
 * Row first, then the gateway, then the page into the row, and only then to the buyer: an
 * order that the gateway knows and no row records could be paid without being seen.
 */
async function openOrder(deps: UpgradeDependencies, attempt: Attempt): Promise<UpgradeOutcome> {
  const { purchase, claim, context } = attempt;
  const { merchantOrderId, transactionId } = claim;
  const gateway = deps.gateways.standard;
  const row = buildRow(purchase, claim, { now: deps.now(), gateway: gateway.name });
  if (!(await deps.rows.create(row))) {
    return { kind: 'busy', reason: `${transactionId}: a newer click took the place` };
  }
  const timeoutMs = context.budget.payMs();
  if (timeoutMs === undefined) {
    return { kind: 'busy', reason: `${transactionId}: no time left to ask the gateway` };
  }
  const answer = await gateway.createOrder(
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
      return judgeRefusal(deps, attempt, { gateway, code: answer.code });
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

/** How far the gateway's clock may be from this one. */
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

/**
 * The gateway said no. That is definite only if it does not know the order either, since it also refuses an id it has
 * seen before: then the row is fenced and the slot is free for the next click. Otherwise the order stays PENDING.
 */
async function judgeRefusal(
  deps: UpgradeDependencies,
  { claim, context }: Attempt,
  { gateway, code }: { gateway: PaymentGateway; code: string },
): Promise<UpgradeOutcome> {
  const { merchantOrderId, transactionId } = claim;
  const status = await gateway.orderStatus(merchantOrderId, {
    timeoutMs: context.budget.refusalMs(),
  });
  const isDefinite =
    status.kind === 'notFound' && (await deps.rows.fence(transactionId, 'refused'));
  if (!isDefinite) {
    const reason = `${transactionId}: refused (${code}), order status: ${status.kind}`;
    return { kind: 'gatewayUnavailable', reason };
  }
  await deps.slots.free(claim);
  return { kind: 'gatewayRefused', reason: `${transactionId}: ${code}` };
}

/**
 * Publishes PaymentInitiated. A courtesy (rule 4): a failure is counted and costs the buyer a mail, never the payment
 * page. Also for a page that was open already: the click that opened it may have died before it published the event.
 */
async function announceOrder(
  deps: UpgradeDependencies,
  { context }: Attempt,
  order: Order,
  redirectUrl: string,
): Promise<void> {
  const { requestId, traceparent, budget } = context;
  const event = buildInitiatedEvent(order, redirectUrl, {
    producer: 'checkout',
    causationId: requestId,
    traceparent,
  });
  const answer = await withTimeout(
    deps.publish(event).catch(toFailed),
    timeLimitMs(budget.announceMs()),
    (): PublishAnswer => ({ kind: 'failed', reason: 'timed out' }),
  );
  if (answer.kind === 'published') return;
  deps.metrics.count('InitiatedPublishFailed');
  const { transactionId } = order.row;
  deps.log.warn('PaymentInitiated was not published', { transactionId, reason: answer.reason });
}

function toFailed(error: unknown): PublishAnswer {
  return { kind: 'failed', reason: describeError(error) };
}
