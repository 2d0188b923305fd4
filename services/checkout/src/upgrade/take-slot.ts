import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { askGateway } from './ask-gateway.ts';
import { buildRow } from './build-row.ts';
import { decideStep, type Step } from './decide-step.ts';
import type { Attempt, UpgradeDependencies } from './dependencies.ts';
import { findStandingPayment } from './find-standing-payment.ts';
import type { UpgradeOutcome } from './outcome.ts';

/** Slot and row change under us only when other clicks get on: a few rounds are plenty. */
const MAX_ROUNDS = 6;
/** A running lease is waited for 2 s at most (design, the upgrade call). */
const POLL_MS = 200;
const MAX_POLLS = 10;

type Round = UpgradeOutcome | { kind: 'taken' } | { kind: 'wait' } | { kind: 'again' };

/** Makes the claim's order the buyer's current one, or answers what stands in its way. */
export async function takeSlot(
  deps: UpgradeDependencies,
  attempt: Attempt,
): Promise<UpgradeOutcome | { kind: 'taken' }> {
  if (await deps.slots.take(attempt.claim, { kind: 'untouched' })) return { kind: 'taken' };
  for (let rounds = 1, polls = 0; rounds <= MAX_ROUNDS; ) {
    const round = await playRound(deps, attempt);
    if (round.kind === 'wait') {
      if (polls === MAX_POLLS) {
        return { kind: 'busy', reason: `${attempt.claim.checkoutKey}: another click is under way` };
      }
      polls += 1;
      await deps.sleep(POLL_MS);
    } else if (round.kind === 'again') {
      rounds += 1;
    } else {
      return round;
    }
  }
  return { kind: 'busy', reason: `${attempt.claim.checkoutKey}: the slot kept changing` };
}

async function playRound(deps: UpgradeDependencies, attempt: Attempt): Promise<Round> {
  const { claim, currentTier } = attempt;
  const slot = (await deps.slots.find(claim.checkoutKey)) ?? { checkoutKey: claim.checkoutKey };
  const paidBefore = await findStandingPayment(deps.rows, slot);
  if (paidBefore) return { kind: 'alreadyPaid', currentTier, transactionId: paidBefore };
  const { merchantOrderId } = slot;
  if (merchantOrderId === undefined) {
    return (await deps.slots.take(claim, { kind: 'vacant' }))
      ? { kind: 'taken' }
      : { kind: 'again' };
  }
  const found = await deps.rows.find(toTransactionId(merchantOrderId));
  const cleared = await clear(deps, attempt, merchantOrderId, decideStep(slot, found, deps.now()));
  if (cleared.kind !== 'replaceable') return cleared;
  const taken = await deps.slots.take(claim, { kind: 'heldBy', merchantOrderId });
  return taken ? { kind: 'taken' } : { kind: 'again' };
}

/** Does what the step says; `replaceable` once nobody can pay the old order any more. */
async function clear(
  deps: UpgradeDependencies,
  attempt: Attempt,
  merchantOrderId: string,
  step: Step,
): Promise<Round | { kind: 'replaceable' }> {
  const { purchase, claim, currentTier } = attempt;
  const transactionId = toTransactionId(merchantOrderId);
  switch (step.kind) {
    case 'alreadyPaid':
      return { kind: 'alreadyPaid', currentTier, transactionId };
    case 'reuse':
      return { kind: 'opened', order: step.order, page: step.page, reused: true };
    case 'wait':
      return { kind: 'wait' };
    case 'replace':
      return { kind: 'replaceable' };
    case 'ask':
      return askGateway(deps, attempt, step.order);
    case 'unreadable':
      return { kind: 'unreadableOrder', reason: `${transactionId}: ${step.reason}` };
    case 'fence': {
      const fenced = await deps.rows.fence(transactionId, claim.merchantOrderId);
      return fenced ? { kind: 'replaceable' } : { kind: 'again' };
    }
    case 'fenceMissing': {
      // Its claimant may still be about to write it, and would then go on to the gateway: the place is filled first.
      const ids = { merchantOrderId, transactionId, claimId: claim.claimId };
      const row = buildRow(purchase, ids, { now: deps.now(), gateway: deps.gateway.name });
      const written = await deps.rows.create({ ...row, supersededBy: claim.merchantOrderId });
      return written ? { kind: 'replaceable' } : { kind: 'again' };
    }
  }
}
