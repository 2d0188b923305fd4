import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import type { Refund } from '@cloudnestle/phonepe-sandbox/refunds/refund';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import type { Item } from '../aws/dynamo.ts';
import { readJson } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { hasLetter } from './needs-operator.ts';

const { refunds, transactions } = defaultTableNames;

const refundsSchema = z.record(z.string(), z.number()).catch({});

/** refundId -> paisa, of `refunds` or `refundHolds` on an order's row. */
export function readRefunds(map: unknown): Readonly<Record<string, number>> {
  return refundsSchema.parse(map);
}

export function sumOf(amounts: Readonly<Record<string, number>>): number {
  return Object.values(amounts).reduce((total, each) => total + each, 0);
}

/** Nothing counts as paid back that the gateway has not paid back, whatever a webhook says. */
export function refundsAreTrue({ watch, gateway }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'refundsAreTrue',
    rule: "a refund counts once the gateway's own status confirms it, and access is taken back only for the whole amount (rules 2 and 7)",
    changed: ({ table, before, after }) => {
      if (table !== transactions || !after) return;
      if (after.refunds === undefined && after.accessRevokedAt === undefined) return;
      const id = String(after.merchantOrderId);
      for (const [refundId, amount] of Object.entries(readRefunds(after.refunds))) {
        const refund = gateway.engine.refunds.get(refundId);
        if (refund?.state !== 'COMPLETED' || refund.amountInPaisa !== amount) {
          watch.report(invariant, id, `keeps refund ${refundId}, which the gateway has not made`);
        }
      }
      const isByOperator = after.accessEndReason === 'OPERATOR';
      const isTaken = after.accessRevokedAt !== undefined && !isByOperator;
      const isNew = isTaken && before?.accessRevokedAt === undefined;
      // A second payment that is found later gives no access back.
      if (isTaken && paidBack(id) < (isNew ? owedOf(after) : Number(after.amount))) {
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

/** A refund that was asked for here, or that the gateway told us of, is on its order's row in the end. */
export function refundsAreKept({ truth, watch, gateway, aws }: Simulation): Invariant {
  const told = new Set<string>();
  const invariant: Invariant = {
    name: 'refundsAreKept',
    rule: 'a refund that was asked for or announced is kept to the paisa, ends access once all went back, and a failed one needs an operator (rules 2, 7 and 14)',
    answered: ({ call, result }) => {
      if (call.function !== 'webhook' || result.body.result !== 'recorded') return;
      const said = refundEvent.safeParse(readJson(call.body)).data;
      if (said) told.add(said.payload.merchantRefundId);
    },
    refundTaken: (refundId) => {
      told.add(refundId);
    },
    atEnd: () => {
      for (const refundId of told) {
        const refund = gateway.engine.refunds.get(refundId);
        const row = refund && truth.row(refund.originalMerchantOrderId);
        // Its event may lie where an operator finds it; nothing else excuses it: the gateway is asked until it has an answer.
        if (refund && row && !hasLetter({ aws }, refund.originalMerchantOrderId))
          check(refund, row);
      }
      // One that never reached the gateway is in no ledger of it.
      for (const { refundId, state, origin, merchantOrderId } of aws.dynamo.items(refunds)) {
        if (state !== 'FAILED' || origin === 'GATEWAY') continue;
        const id = String(merchantOrderId);
        const row = truth.row(id);
        if (row && !hasLetter({ aws }, id)) checkFailed(String(refundId), id, row);
      }
    },
  };
  const checkFailed = (refundId: string, id: string, row: Item) => {
    const isWithOperator =
      needsAttention(row, 'REFUND_FAILED') || readResolution(row, 'REFUND_FAILED') !== undefined;
    if (isWithOperator || sumOf(readRefunds(row.refunds)) >= owedOf(row)) return;
    watch.report(invariant, id, `refund ${refundId} failed, and no operator is told`);
  };
  const check = (
    { merchantRefundId, originalMerchantOrderId, state, amountInPaisa }: Refund,
    row: Item,
  ) => {
    const kept = readRefunds(row.refunds)[merchantRefundId];
    const report = (what: string) => watch.report(invariant, originalMerchantOrderId, what);
    const isAllBack = sumOf(readRefunds(row.refunds)) >= owedOf(row);
    if (state === 'FAILED') checkFailed(merchantRefundId, originalMerchantOrderId, row);
    if (state === 'COMPLETED' && kept !== amountInPaisa) {
      return report(`refund ${merchantRefundId} was announced and is not kept`);
    }
    if (
      state === 'COMPLETED' &&
      isAllBack &&
      row.accessRevokedAt === undefined &&
      row.accessRestoredAt === undefined
    ) {
      return report('paid back in full, and access stands');
    }
    if (isAllBack && (row.duplicateOf !== undefined || needsAttention(row, 'CHARGED_TWICE'))) {
      report('paid back in full, and still owed as a second charge');
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
    for (const refundId of Object.keys(readRefunds(row.refundHolds))) {
      const state = made.find((each) => each.merchantRefundId === refundId)?.state;
      watch.report(invariant, id, `refund ${refundId} is ${state} there, and still set aside`);
    }
    const kept = sumOf(readRefunds(row.refunds));
    const there = paidBack.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);
    if (kept > there) {
      watch.report(invariant, id, 'more is kept as paid back than the gateway paid back');
    }
    const order = truth.atGateway(id);
    const attempts = order?.attempts.filter(({ state }) => state === 'COMPLETED').length ?? 0;
    if (there > attempts * (order?.amountInPaisa ?? 0)) {
      watch.report(invariant, id, 'the gateway paid back more than it took');
    }
    // Of another amount than was asked for the gateway's own books are the measure.
    const isAsAsked = order?.amountInPaisa === row.amount;
    if (isAsAsked && kept > owedOf(row))
      watch.report(invariant, id, 'more went back than was paid');
  };
  return invariant;
}

/** All that the buyer paid for the order: its amount, as often as an attempt completed. */
export function owedOf({ amount, completedAttempts = 1 }: Item): number {
  return Number(amount) * Number(completedAttempts);
}
