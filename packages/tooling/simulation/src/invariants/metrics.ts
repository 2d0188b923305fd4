import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** What follows a write is done at least once: rather twice than never. */
export function countsAreNeverShort({ truth, watch }: Simulation): Invariant {
  const samples = new Map<MetricName, number>();
  const sums = new Map<MetricName, number>();
  const invariant: Invariant = {
    name: 'countsAreNeverShort',
    rule: 'what follows a write hangs on the state: a metric is counted rather twice than never (rule 13)',
    counted: (name, value) => {
      samples.set(name, (samples.get(name) ?? 0) + 1);
      sums.set(name, (sums.get(name) ?? 0) + value);
    },
    atEnd: () => {
      const facts = { ended: 0, abandoned: 0, revoked: 0, refunds: 0 };
      for (const id of truth.orders()) {
        const row = truth.row(id);
        if (!row) continue;
        const isAbandoned =
          row.status === 'FAILED' &&
          row.failureAttempted !== true &&
          row.failureReason !== 'DECLINED';
        if (isAbandoned) facts.abandoned += 1;
        else if (row.status !== 'PENDING') facts.ended += 1;
        if (row.accessRevokedAt !== undefined && row.accessEndReason !== 'OPERATOR') {
          facts.revoked += 1;
        }
        if (typeof row.refunds === 'object' && row.refunds !== null) {
          facts.refunds += Object.keys(row.refunds).length;
        }
      }
      expect('OrderFailed', samples, facts.ended);
      expect('OrderAbandoned', sums, facts.abandoned);
      expect('AccessRevoked', sums, facts.revoked);
      expect('RefundRecorded', sums, facts.refunds);
    },
  };
  const expect = (name: MetricName, counts: ReadonlyMap<MetricName, number>, facts: number) => {
    const count = counts.get(name) ?? 0;
    if (count < facts) watch.report(invariant, name, `counted ${count} times, and it was ${facts}`);
  };
  return invariant;
}
