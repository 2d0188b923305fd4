import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { freeOnOrder } from '@cloudnestle/operations/refunds/order-money';
import { createClaim } from '@cloudnestle/operations/refunds/request-refund';
import { reserveRefund } from '@cloudnestle/operations/refunds/reserve-refund';
import type { Trigger } from '@cloudnestle/payments/build-events';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import { indexShardCount } from '@cloudnestle/topology/tables';
import { askGateway } from './ask-gateway.ts';
import { type DriveDependencies, type Look, lostClaim, type Step } from './dependencies.ts';
import { submitRefund } from './submit-refund.ts';
import { tellEnd } from './tell-end.ts';

export interface DriveOptions {
  trigger: Omit<Trigger, 'gatewayEvent'>;
  /**
   * `due`: only where its time has come. `now`: something was heard of it. `again`: the same, also of a refund that counted
   * as done with, because the gateway may have changed its mind.
   */
  when: 'due' | 'now' | 'again';
}

/** What a look came to: where the refund is then, and for the log why it waits. */
export type DriveResult =
  /** There was nothing to do, or another look is at it. */
  { kind: 'none' } | { kind: 'looked'; refund: RefundItem; reason?: string; isUnanswered?: true };

/** No refund takes more steps in one look: REQUESTED, RESERVED, SUBMITTED, its end, told. */
const MOST_STEPS = 8;

/**
 * Takes a refund as far as it gets now: set aside, sent, asked about, its end published. Every step is one conditional write
 * under this look's claim, so a look that dies, is late, or meets another one changes nothing of what follows. Rejects
 * where a table or the order's row fails it; the lease brings the refund back.
 */
export async function driveRefund(
  deps: DriveDependencies,
  refundId: string,
  { trigger, when }: DriveOptions,
): Promise<DriveResult> {
  const claim = createClaim(deps, refundId);
  const now = deps.now();
  const claimed = await deps.refunds.claim(claim, now, {
    ...(when === 'due' ? { dueBy: now } : {}),
    ...(when === 'again' ? { reopens: openShardOf(refundId, indexShardCount) } : {}),
  });
  if (!claimed) return { kind: 'none' };
  const look: Look = { claim, trigger };
  // What counted as done with is asked about before anything else.
  const isAskedFirst =
    when === 'again' && (claimed.state === 'COMPLETED' || claimed.state === 'FAILED');
  let refund = claimed;
  let step = await (isAskedFirst ? askGateway(deps, refund, look) : takeStep(deps, refund, look));
  for (let steps = 1; step.kind === 'next' && steps < MOST_STEPS; steps += 1) {
    refund = step.refund;
    step = await takeStep(deps, refund, look);
  }
  const found = (await deps.refunds.find(refundId)) ?? refund;
  const reason = step.kind === 'waits' ? step.reason : undefined;
  return {
    kind: 'looked',
    refund: found,
    ...(reason === undefined ? {} : { reason }),
    ...(step.kind === 'waits' && step.isUnanswered ? { isUnanswered: true } : {}),
  };
}

async function takeStep(deps: DriveDependencies, refund: RefundItem, look: Look): Promise<Step> {
  switch (refund.state) {
    case 'REQUESTED': {
      const next = await reserveRefund(deps, refund, look.claim, { releases: false });
      if (!next) return lostClaim;
      return next.state === 'REFUSED' ? { kind: 'waits' } : { kind: 'next', refund: next };
    }
    case 'RESERVED':
      return submitRefund(deps, refund, look);
    case 'SUBMITTED':
    case 'PENDING':
    case 'CONFIRMED':
      return askGateway(deps, refund, look);
    case 'COMPLETED':
    case 'FAILED':
      return tellEnd(deps, refund, look);
    case 'REFUSED':
      return closeRefused(deps, refund, look);
  }
}

/** A claimant that was setting it aside beside the refusal has done so by now: that money is set free. */
async function closeRefused(
  deps: DriveDependencies,
  { refundId, transactionId, updatedAt }: RefundItem,
  { claim }: Look,
): Promise<Step> {
  const now = deps.now();
  // A refund that is heard of sooner waits for its last look all the same.
  const isEarly = now.getTime() - new Date(updatedAt).getTime() < 60_000;
  if (!isEarly) await freeOnOrder(deps, transactionId, refundId, now);
  await deps.refunds.write(claim, {
    leaseUntil: undefined,
    ...(isEarly ? {} : { openShard: undefined, nextCheckAt: undefined }),
  });
  return { kind: 'waits' };
}
