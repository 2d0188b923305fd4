import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { printable } from '@cloudnestle/contracts/printable';
import { groupAttention } from '@cloudnestle/operations/attention/group-attention';
import { reasonWords } from '@cloudnestle/operations/attention/reasons';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { toVariables } from '@cloudnestle/operations/stage-variables';
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
  const groups = await groupAttention(listAttention);
  const found = groups
    .filter(({ reason }) => wanted === undefined || reason === wanted)
    .map(
      ({ reason, runbook, orders }): ReasonGroup => ({
        reason,
        runbook: `docs/runbooks/${runbook}.md`,
        orders: orders.map(({ transactionId, since, detail, command }) => ({
          transactionId,
          since,
          detail,
          command,
        })),
      }),
    );
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
