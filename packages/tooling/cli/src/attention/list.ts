import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { buildByHand } from '@cloudnestle/reconciliation/operator/composition';
import { attentionRunbook } from '@cloudnestle/topology/alarms/attention-runbook';
import { createCommandPlatform } from '../environment/create-platform.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { toVariables } from '../environment/to-variables.ts';
import { maskText } from '../output/mask-text.ts';
import { print } from '../output/print.ts';
import { formatAttention, type ReasonGroup } from './format-attention.ts';
import { commandFor } from './reasons.ts';

export interface ListOptions {
  reason?: AttentionReason;
  json?: boolean;
}

/** The gateway is not asked. */
const CALLS_PER_SECOND = 1;

/** Reads the index, and prints the orders by reason and age. */
export async function runList({ reason: wanted, json = false }: ListOptions): Promise<void> {
  const stage = await readEnvironment();
  const variables = toVariables(stage, { callsPerSecond: CALLS_PER_SECOND });
  const platform = createCommandPlatform();
  const { listAttention } = buildByHand(variables, platform);
  const groups = new Map<AttentionReason, ReasonGroup['orders']>();
  for await (const page of listAttention()) {
    for (const { transactionId, attention, item } of page) {
      for (const { reason, since, detail } of attention) {
        if (wanted !== undefined && reason !== wanted) continue;
        const orders = groups.get(reason) ?? [];
        groups.set(reason, orders);
        orders.push({
          transactionId,
          since,
          detail: detail === undefined ? undefined : maskText(detail),
          command: commandFor(reason, transactionId, { seen: item.attentionVersion }),
        });
      }
    }
  }
  const found = attentionReasons.flatMap((reason): ReasonGroup[] => {
    const orders = groups.get(reason);
    if (!orders) return [];
    const byAge = orders.toSorted((a, b) => (a.since < b.since ? -1 : 1));
    return [{ reason, runbook: `docs/runbooks/${attentionRunbook(reason)}.md`, orders: byAge }];
  });
  const now = platform.now();
  print(json ? { stage: stage.stage, reasons: found } : formatAttention(found, stage.stage, now));
}
