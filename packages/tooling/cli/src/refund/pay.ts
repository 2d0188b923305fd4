import { refundRequestSchema } from '@cloudnestle/contracts/http/refund';
import type { RefundItem, RefundReason } from '@cloudnestle/contracts/items/refund';
import { printable } from '@cloudnestle/contracts/printable';
import { describeRefund } from '@cloudnestle/operations/refunds/describe-refund';
import { type RequestResult, requestRefund } from '@cloudnestle/operations/refunds/request-refund';
import { maskText } from '@cloudnestle/operations/words/mask';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { formatRupees } from '@cloudnestle/payments/money';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { checkWhy } from '../operator/check-why.ts';
import { type Consent, checkStage, makeChange } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { print } from '../output/print.ts';
import { expectOrderId } from '../read-order-id.ts';
import { connectDesk } from './connect-desk.ts';

export interface PayOptions extends Consent {
  reason: RefundReason;
  /** Paisa; left out: all that is left. */
  amount?: number;
  note?: string;
  key?: string;
  json?: boolean;
}

/** Asks, sets the amount aside, announces it, writes down who did it, and prints the refund. */
export async function runPay(order: string, options: PayOptions): Promise<void> {
  const { reason, amount } = options;
  const note = options.note === undefined ? undefined : checkWhy(options.note, '--note');
  const transactionId = expectOrderId(order);
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const { desk, platform } = connectDesk(stage);
  const wish = readWish({
    ...{ transactionId, reason, note },
    amountInPaisa: amount,
    idempotencyKey: options.key ?? platform.newId(),
  });
  const operator = await openOperator(stage);
  const much = amount === undefined ? 'all that is left' : formatRupees(amount);
  const change = {
    action: 'refund',
    what: `Pay back ${much} of ${transactionId}, ${reason}${note === undefined ? '' : `: ${note}`}`,
    asks: true,
    target: { ...wish },
    ...(options.why === undefined ? { why: note } : {}),
    counts: { asked: 0 },
  };
  const { refund, published } = await makeChange(operator, change, options, async () => {
    const result = await requestRefund(desk, wish, {
      requester: { by: operator.caller, origin: 'OPERATOR' },
      trigger: { producer: 'cli', causationId: platform.newId() },
    });
    const asked = expectAsked(result, { transactionId, stage: stage.stage });
    change.counts.asked = 1;
    return asked;
  });
  if (options.json) {
    print(describeRefund(refund));
    return;
  }
  print(printable(describeAsked(refund), 1000));
  if (published?.kind === 'failed') {
    const why = maskText(published.reason);
    print(
      printable(`It could not be announced now (${why}): the sweep sends it within minutes.`, 1000),
    );
  }
}

function readWish(wish: Record<string, unknown>) {
  const read = refundRequestSchema.safeParse(wish);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const option = issue?.path[0] === 'idempotencyKey' ? '--key' : String(issue?.path[0]);
  throw new CliError(`${option} ${issue?.message ?? 'does not fit'}. Nothing was changed.`);
}

function expectAsked(
  result: RequestResult,
  { transactionId, stage }: { transactionId: string; stage: string },
): Extract<RequestResult, { kind: 'refund' }> {
  switch (result.kind) {
    case 'unknownOrder':
      throw new CliError(`There is no order ${transactionId} on the stage ${stage}.`);
    case 'keyReused':
      throw new CliError(
        `This key stands for another refund, ${result.refundId}. Nothing was changed.`,
      );
    case 'refund': {
      const { refusal } = result.refund;
      if (refusal === undefined) return result;
      throw new CliError(
        printable(
          `${transactionId} cannot be refunded (${refusal.kind}): ${maskText(refusal.words)}.`,
          1000,
        ),
      );
    }
  }
}

function describeAsked({ refundId, transactionId, state, amountInPaisa }: RefundItem): string {
  const much = amountInPaisa === undefined ? 'A refund' : formatRupees(amountInPaisa);
  const done =
    state === 'RESERVED'
      ? 'is set aside, and the gateway is asked within a minute'
      : `was asked for before, and is ${state}`;
  return `${much} of ${transactionId} ${done}: refund ${refundId}. Follow it: ${PROGRAM} refund status ${refundId}`;
}
