import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { printable } from '@cloudnestle/contracts/printable';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { describeRefund } from '@cloudnestle/operations/refunds/describe-refund';
import { readRefundsOf } from '@cloudnestle/operations/refunds/refunds-of-order';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print } from '../output/print.ts';
import { expectOrderId } from '../read-order-id.ts';
import { connectDesk } from './connect-desk.ts';
import { formatRefund } from './format-refund.ts';

/** Prints a refund by its id, or all refunds of an order, the oldest first. */
export async function runStatus(id: string, { json = false }: { json?: boolean }): Promise<void> {
  const stage = await readEnvironment();
  const found = await findRefunds(stage, id.trim());
  if (json) print({ stage: stage.stage, refunds: found.map(describeRefund) });
  else if (found.length === 0) print(printable(`${id.trim()} has no refund.`));
  else print(found.map(formatRefund).join('\n\n'));
}

async function findRefunds(stage: EnvironmentSecret, id: string): Promise<RefundItem[]> {
  const { desk } = connectDesk(stage);
  const byId = id === '' || id.length > LONGEST_ID ? undefined : await desk.refunds.find(id);
  if (byId) return [byId];
  const transactionId = expectOrderId(id);
  const row = await desk.findTransaction(transactionId);
  if (!row) {
    throw new CliError(
      `"${printable(id)}" is neither a refund nor an order on the stage ${stage.stage}.`,
    );
  }
  return readRefundsOf(desk, { ...row, transactionId });
}

/** Longer than any id of a refund; DynamoDB refuses keys above 2 KB. */
const LONGEST_ID = 200;
