import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { printable } from '@cloudnestle/dev/terminal/printable';
import { describeAge } from '../dlq/look/describe-moments.ts';
import { reasonWords } from './reasons.ts';

/** Orders that need a person for one reason, the longest waiting first. */
export interface ReasonGroup {
  reason: AttentionReason;
  /** The page that says what to do. */
  runbook: string;
  orders: { transactionId: string; since: string; detail?: string | undefined; command: string }[];
}

/** The orders in paragraphs by reason: their commands would not survive a table. */
export function formatAttention(groups: readonly ReasonGroup[], stage: string, now: Date): string {
  const orders = new Set(groups.flatMap((group) => group.orders.map((each) => each.transactionId)));
  if (orders.size === 0) return `${stage}: no order needs a person.`;
  const count = `${orders.size} ${orders.size === 1 ? 'order needs' : 'orders need'} a person`;
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
