import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionGauges, type MetricName } from '@cloudnestle/contracts/metric-names';
import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import type { Item } from '../aws/dynamo.ts';
import { readJson } from '../parts/http.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { hasLetter } from './needs-operator.ts';

const disputeSchema = z.object({
  event: z.string().startsWith('payment.dispute.'),
  payload: z.object({ merchantOrderId: z.string() }),
});

const refundsSchema = z.record(z.string(), z.number()).catch({});

/** Every fact that needs an operator is a state of its order. */
export function factsNeedAPerson({ truth, watch, aws }: Simulation): Invariant {
  const disputed = new Set<string>();
  const invariant: Invariant = {
    name: 'factsNeedAPerson',
    rule: 'every fact that needs an operator is in its attention state (rule 14)',
    answered: ({ call, result }) => {
      if (call.function !== 'webhook' || result.body.result !== 'recorded') return;
      const said = disputeSchema.safeParse(readJson(call.body)).data;
      if (said) disputed.add(said.payload.merchantOrderId);
    },
    atEnd: () => {
      for (const id of truth.orders()) {
        const row = truth.row(id);
        if (row && !hasLetter({ aws }, id)) checkOrder(id, row);
      }
    },
  };
  const checkOrder = (id: string, row: Item) => {
    const expect = (reason: AttentionReason, why: string) => {
      if (needsAttention(row, reason) || readResolution(row, reason)) return;
      watch.report(invariant, id, `${why}, and not in attention as ${reason}`);
    };
    const order = truth.atGateway(id);
    const isRevoked = row.accessRevokedAt !== undefined;
    if (disputed.has(id)) expect('DISPUTE', 'disputed');
    if (order?.state === 'COMPLETED' && order.amountInPaisa !== row.amount) {
      expect('MISMATCH', `paid ${order.amountInPaisa} instead of ${row.amount}`);
    }
    if (row.duplicateOf !== undefined && !isRevoked) expect('CHARGED_TWICE', 'a duplicate');
    for (const [refundId, amount] of Object.entries(refundsSchema.parse(row.refunds))) {
      // Who asked for a part here has decided about access.
      const isAskedForHere =
        aws.dynamo.peek(defaultTableNames.refunds, { refundId })?.origin === 'OPERATOR';
      if (amount < Number(row.amount) && !isRevoked && !isAskedForHere)
        expect('PARTIAL_REFUND', `refund ${refundId}`);
    }
  };
  return invariant;
}

/** The gauges say how many facts need an operator, so that alarms stand on the truth. */
export function gaugesAreRight({ truth, watch, scheduler }: Simulation): Invariant {
  const gauges = new Map<MetricName, number>();
  let countedAtMs = 0;
  let changedAtMs = 0;
  const invariant: Invariant = {
    name: 'gaugesAreRight',
    rule: 'the sweep counts the facts that need an operator, by reason (rule 14)',
    counted: (name, value) => {
      if (!name.startsWith('Attention')) return;
      gauges.set(name, value);
      countedAtMs = scheduler.nowMs();
    },
    changed: () => {
      changedAtMs = scheduler.nowMs();
    },
    atEnd: () => {
      // Nothing to compare where the last count is older than the last change, by what an index may be behind.
      if (countedAtMs < changedAtMs + 10_000) return;
      const rows = [...truth.orders()].map((id) => truth.row(id));
      for (const reason of attentionReasons) {
        const name = attentionGauges[reason];
        const count = rows.reduce((sum, row) => sum + countFacts(row, reason), 0);
        if (gauges.get(name) === count) continue;
        watch.report(invariant, name, `said ${gauges.get(name)}, and there are ${count}`);
      }
    },
  };
  return invariant;
}

const attentionSchema = z
  .record(z.string(), z.object({ facts: z.record(z.string(), z.unknown()).optional() }))
  .catch({});

/** Read from the row itself, not by the services' own reader: it could be wrong on both sides. */
function countFacts(row: Item | undefined, reason: AttentionReason): number {
  const entry = attentionSchema.parse(row?.attention)[reason];
  if (entry === undefined) return 0;
  return entry.facts === undefined ? 1 : Object.keys(entry.facts).length;
}
