import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionGauges } from '@cloudnestle/contracts/metric-names';
import { countFacts } from '@cloudnestle/payments/attention/attention';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { ListAttention } from '../attention/list-attention.ts';

/**
 * Counts the facts that need a person, from the index of their orders, and says how many there are for each reason: also
 * that there are none, so that an alarm recovers. A second dispute of one order is one more, so it is told as well. Rejects where the index cannot be read; nothing is
 * said then, because half a count would look like good news.
 */
export async function countAttention({
  listAttention,
  metrics,
}: {
  listAttention: ListAttention;
  metrics: Metrics;
}): Promise<void> {
  const counts = new Map<AttentionReason, number>(attentionReasons.map((reason) => [reason, 0]));
  for await (const orders of listAttention()) {
    for (const reason of orders.flatMap(({ item }) => countFacts(item))) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  for (const [reason, count] of counts) metrics.count(attentionGauges[reason], count);
}
