import { printable } from '@cloudnestle/contracts/printable';
import {
  type ChangeAccessResult,
  endAccess,
  restoreAccess,
} from '@cloudnestle/operations/access/change-access';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { maskText } from '@cloudnestle/operations/words/mask';
import { CliError } from '../cli-error.ts';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { checkWhy } from '../operator/check-why.ts';
import { type Consent, checkStage, makeChange } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { print } from '../output/print.ts';
import { expectOrderId } from '../read-order-id.ts';

export interface ChangeOptions extends Consent {
  /** Why, in the operator's words. */
  reason: string;
  json?: boolean;
}

const words = {
  end: { what: 'Take away', done: 'has ended', before: 'had ended before' },
  restore: { what: 'Give back', done: 'is given back', before: 'was there already' },
} as const;

/** The gateway is asked once. */
const CALLS_PER_SECOND = 1;

/** Asks, ends or restores the access of a paid order, writes down who did it, and prints what was done. */
export async function runChange(
  change: 'end' | 'restore',
  order: string,
  options: ChangeOptions,
): Promise<void> {
  const why = checkWhy(options.reason, '--reason');
  const transactionId = expectOrderId(order);
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const operator = await openOperator(stage);
  const variables = toVariables(stage, { callsPerSecond: CALLS_PER_SECOND });
  const platform = createCommandPlatform();
  const deps = connectOperations(variables, platform);
  const action = {
    action: `access ${change}`,
    what: `${words[change].what} the access of ${transactionId}: ${why}`,
    asks: true,
    target: { transactionId, reason: why },
    why,
    counts: { changed: 0, published: 0 },
  };
  const result = await makeChange(operator, action, options, async () => {
    const word = { by: operator.caller, why };
    const trigger = { producer: 'cli', causationId: platform.newId(), gatewayEvent: 'manual' };
    const run = change === 'end' ? endAccess : restoreAccess;
    const changed = expectChanged(await run(deps, transactionId, { word, trigger }), {
      transactionId,
      stage: stage.stage,
    });
    action.counts.changed = changed.isOurs ? 1 : 0;
    action.counts.published = changed.published.kind === 'published' ? 1 : 0;
    return changed;
  });
  const { isOurs, published } = result;
  const isPublished = published.kind === 'published';
  if (options.json) {
    print({ transactionId, access: change === 'end' ? 'ended' : 'restored', isOurs, isPublished });
    return;
  }
  const did = isOurs ? words[change].done : words[change].before;
  const told = isPublished
    ? 'It was published; the buyer’s tables follow within seconds.'
    : `It could not be published now (${maskText(published.reason)}): the sweep does so within minutes.`;
  print(printable(`The access of ${transactionId} ${did}. ${told}`, 1000));
}

function expectChanged(
  result: ChangeAccessResult,
  { transactionId, stage }: { transactionId: string; stage: string },
): Extract<ChangeAccessResult, { kind: 'changed' }> {
  switch (result.kind) {
    case 'changed':
      return result;
    case 'unknownOrder':
      throw new CliError(`There is no order ${transactionId} on the stage ${stage}.`);
    case 'unreadableOrder':
      throw new CliError(`${transactionId} cannot be read: ${maskText(result.reason)}.`);
    case 'notPaid':
      throw new CliError(
        `${transactionId} is ${result.status}, and gives nothing. Nothing was changed.`,
      );
    case 'notEnded':
      throw new CliError(`Nothing took the access of ${transactionId} away. Nothing was changed.`);
  }
}
