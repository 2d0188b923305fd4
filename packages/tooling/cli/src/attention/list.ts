import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { printable } from '@cloudnestle/contracts/printable';
import {
  commandFor,
  holdsAfterLostDispute,
  reasonWords,
} from '@cloudnestle/operations/attention/reasons';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { maskText } from '@cloudnestle/operations/words/mask';
import { attentionRunbook } from '@cloudnestle/topology/alarms/alarm';
import { describeAge } from '../dlq/words.ts';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';

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
  const { listAttention } = connectOperations(variables, platform);
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
          command: commandFor(reason, transactionId, {
            seen: item.attentionVersion,
            ...(reason === 'DISPUTE' && holdsAfterLostDispute(item) ? { mends: 'access' } : {}),
          }),
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

/** Orders that need an operator for one reason, the longest waiting first. */
interface ReasonGroup {
  reason: AttentionReason;
  /** The page that says what to do. */
  runbook: string;
  orders: { transactionId: string; since: string; detail?: string | undefined; command: string }[];
}

/** The orders in paragraphs by reason: their commands would not survive a table. */
function formatAttention(groups: readonly ReasonGroup[], stage: string, now: Date): string {
  const orders = new Set(groups.flatMap((group) => group.orders.map((each) => each.transactionId)));
  if (orders.size === 0) return `${stage}: no order needs an operator.`;
  const count = `${orders.size} ${orders.size === 1 ? 'order needs' : 'orders need'} an operator`;
  return [`${stage}: ${count}.`, ...groups.map((group) => formatGroup(group, now))].join('\n\n');
}

function formatGroup({ reason, runbook, orders }: ReasonGroup, now: Date): string {
  const lines = orders.flatMap(({ transactionId, since, detail, command }) => [
    `  ${printable(transactionId)}  since ${printable(since)}, ${describeAge(now.getTime() - new Date(since).getTime())}`,
    ...(detail === undefined ? [] : [`    ${printable(detail)}`]),
    `    ${printable(command)}`,
  ]);
  const title = `${reason} (${orders.length}): ${reasonWords[reason].meaning}. See ${runbook}`;
  return [title, ...lines].join('\n');
}
