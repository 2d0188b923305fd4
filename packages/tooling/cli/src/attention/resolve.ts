import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { printable } from '@cloudnestle/contracts/printable';
import { commandFor } from '@cloudnestle/operations/attention/reasons';
import { resolveAttention } from '@cloudnestle/operations/attention/resolve-attention';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { maskText } from '@cloudnestle/operations/words/mask';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { CliError } from '../cli-error.ts';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { checkWhy } from '../operator/check-why.ts';
import { type Consent, checkStage, makeChange } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { print } from '../output/print.ts';
import { expectOrderId } from '../read-order-id.ts';

export interface ResolveOptions extends Consent {
  reason: AttentionReason;
  why: string;
  /** The version that the operator looked at: what came later is not ended. */
  seen?: number;
  json?: boolean;
}

/** The gateway is not asked. */
const CALLS_PER_SECOND = 1;

/** Asks, ends the reason by the operator's word, writes down who did it, and prints what still needs an operator. */
export async function runResolve(order: string, options: ResolveOptions): Promise<void> {
  const { reason } = options;
  const why = checkWhy(options.why, '--why');
  const transactionId = expectOrderId(order);
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const operator = await openOperator(stage);
  const variables = toVariables(stage, { callsPerSecond: CALLS_PER_SECOND });
  const deps = connectOperations(variables, createCommandPlatform());

  const change = {
    action: 'attention resolve',
    what: `End ${reason} of ${transactionId}: ${why}`,
    asks: false,
    target: { transactionId, reason, why },
    why,
    counts: { resolved: 0 },
  };
  const resolution = await makeChange(operator, change, options, async () => {
    const word = { reason, by: operator.caller, why, seen: options.seen };
    const result = await resolveAttention(deps, transactionId, word);
    if (result.kind === 'unknownOrder') {
      throw new CliError(`There is no order ${transactionId} on the stage ${stage.stage}.`);
    }
    if (result.kind === 'changed') {
      throw new CliError(
        `${transactionId} has changed since: it is at version ${result.version}. Look at it again: ./payments payment ${transactionId}. Nothing was changed.`,
      );
    }
    if (result.kind === 'notStanding') {
      throw new CliError(
        `${transactionId} does not need an operator for ${reason}. Nothing was changed.`,
      );
    }
    change.counts.resolved = result.isOurs ? 1 : 0;
    return { ...result.resolution, isOurs: result.isOurs };
  });
  const row = await deps.findTransaction(transactionId);
  const ended: Ended = {
    transactionId,
    reason,
    isOurs: resolution.isOurs,
    by: maskText(resolution.by),
    at: resolution.at,
    why: maskText(resolution.why),
    left: readAttention(row ?? {}).map((each) => each.reason),
    version: row?.attentionVersion,
  };
  print(options.json ? ended : formatEnded(ended));
}

/** A reason that stands no more, and by whose word. */
interface Ended {
  transactionId: string;
  reason: AttentionReason;
  /** False: an earlier word had ended it. */
  isOurs: boolean;
  by: string;
  at: string;
  why: string;
  /** What the order still needs an operator for. */
  left: AttentionReason[];
  /** The version of what is left. */
  version: unknown;
}

function formatEnded(ended: Ended): string {
  const { transactionId, reason, isOurs, by, at, why, left, version } = ended;
  const end = isOurs
    ? `${reason} of ${transactionId} has ended.`
    : `${reason} of ${transactionId} had ended before, by the word of ${by} at ${at}: ${why}`;
  return [
    printable(end, 1000),
    ...left.map(
      (each) =>
        `It still needs an operator for ${each}: ${commandFor(each, transactionId, { seen: version })}`,
    ),
  ].join('\n');
}
