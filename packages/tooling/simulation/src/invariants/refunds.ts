import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import type { Refund } from '@cloudnestle/phonepe-sandbox/refunds/refund';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import type { Item } from '../aws/dynamo.ts';
import { readJson } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { hasLetter } from './needs-operator.ts';

const { transactions } = defaultTableNames;

const refundsSchema = z.record(z.string(), z.number()).catch({});

/** Nothing counts as paid back that the gateway has not paid back, whatever a webhook says. */
export function refundsAreTrue({ watch, gateway }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'refundsAreTrue',
    rule: "a refund counts once the gateway's own status confirms it, and access is taken back only for the whole amount (rules 2 and 7)",
    changed: ({ table, after }) => {
      if (table !== transactions || !after) return;
      if (after.refunds === undefined && after.accessRevokedAt === undefined) return;
      const id = String(after.merchantOrderId);
      for (const [refundId, amount] of Object.entries(refundsSchema.parse(after.refunds))) {
        const refund = gateway.engine.refunds.get(refundId);
        if (refund?.state !== 'COMPLETED' || refund.amountInPaisa !== amount) {
          watch.report(invariant, id, `keeps refund ${refundId}, which the gateway has not made`);
        }
      }
      const isByOperator = after.accessEndReason === 'OPERATOR';
      const isTaken = after.accessRevokedAt !== undefined && !isByOperator;
      if (isTaken && paidBack(id) < Number(after.amount)) {
        watch.report(invariant, id, 'access taken back, and the money was not paid back');
      }
    },
  };
  const paidBack = (id: string) => {
    const refunds = gateway.engine.refunds
      .list()
      .filter((refund) => refund.originalMerchantOrderId === id && refund.state === 'COMPLETED');
    return refunds.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);
  };
  return invariant;
}

const refundEvent = z.object({
  event: z.string().startsWith('pg.refund.'),
  payload: z.object({ merchantRefundId: z.string() }),
});

/** A refund that the gateway told us of is on its order's row in the end. */
export function refundsAreKept({ truth, watch, gateway }: Simulation): Invariant {
  const told = new Set<string>();
  const invariant: Invariant = {
    name: 'refundsAreKept',
    rule: 'a refund that was announced is kept, takes access back when it is the whole amount, and else needs an operator (rules 2 and 14)',
    answered: ({ call, result }) => {
      if (call.function !== 'webhook' || result.body.result !== 'recorded') return;
      const said = refundEvent.safeParse(readJson(call.body)).data;
      if (said) told.add(said.payload.merchantRefundId);
    },
    atEnd: () => {
      for (const id of told) {
        const refund = gateway.engine.refunds.get(id);
        const row = refund && truth.row(refund.originalMerchantOrderId);
        if (refund && row) check(refund, row);
      }
    },
  };
  const check = (
    { merchantRefundId, originalMerchantOrderId, state, amountInPaisa }: Refund,
    row: Item,
  ) => {
    const kept = refundsSchema.parse(row.refunds)[merchantRefundId];
    const report = (what: string) => watch.report(invariant, originalMerchantOrderId, what);
    // The gateway did not confirm it for as long as its event was tried: an operator has it.
    const isGivenUp =
      needsAttention(row, 'REFUND_FAILED') || readResolution(row, 'REFUND_FAILED') !== undefined;
    if (isGivenUp) return;
    if (state === 'COMPLETED' && kept !== amountInPaisa) {
      return report(`refund ${merchantRefundId} was announced and is not kept`);
    }
    if (
      state === 'COMPLETED' &&
      amountInPaisa >= owedOf(row) &&
      row.accessRevokedAt === undefined &&
      row.accessRestoredAt === undefined
    ) {
      return report('paid back in full, and access stands');
    }
  };
  return invariant;
}

/**
 * In the end nothing is set aside for a refund that is over, no more went back than was paid, and what the books keep is
 * what the gateway has paid back, to the paisa.
 */
export function refundsAddUp({ truth, watch, gateway, aws }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'refundsAddUp',
    rule: 'every hold ends, no more is paid back than was paid, and the books agree with the gateway (rules 1 and 6)',
    atEnd: () => {
      for (const id of truth.orders()) {
        const row = truth.row(id);
        if (row && !hasLetter({ aws }, id)) check(id, row);
      }
    },
  };
  const check = (id: string, row: Item) => {
    const made = gateway.engine.refunds
      .list()
      .filter(({ originalMerchantOrderId }) => originalMerchantOrderId === id);
    const paidBack = made.filter(({ state }) => state === 'COMPLETED');
    for (const refundId of Object.keys(refundsSchema.parse(row.refundHolds))) {
      const refund = made.find(({ merchantRefundId }) => merchantRefundId === refundId);
      const isOver = refund?.state === 'COMPLETED' || refund?.state === 'FAILED';
      if (isOver) watch.report(invariant, id, `refund ${refundId} is over, and still set aside`);
    }
    const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
    const kept = sum(Object.values(refundsSchema.parse(row.refunds)));
    if (kept > sum(paidBack.map(({ amountInPaisa }) => amountInPaisa))) {
      watch.report(invariant, id, 'more is kept as paid back than the gateway paid back');
    }
    if (kept > owedOf(row)) watch.report(invariant, id, 'more went back than was paid');
  };
  return invariant;
}

/** All that the buyer paid for the order: its amount, as often as an attempt completed. */
function owedOf({ amount, completedAttempts = 1 }: Item): number {
  return Number(amount) * Number(completedAttempts);
}
