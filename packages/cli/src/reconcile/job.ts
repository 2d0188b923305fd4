import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { type Action, logAction } from '../operator/action-log.ts';
import { type Consent, confirmChange } from '../operator/confirm-change.ts';
import type { Operator } from '../operator/operator.ts';
import type { Format } from '../output/parse-format.ts';

/** One call of the command. */
export interface ReconcileJob {
  /** Who works, and on which stage. */
  operator: Operator;
  consent: Consent;
  /** The functions' variables on that stage. */
  variables: Readonly<Record<string, string>>;
  platform: Platform;
  format: Format;
  /** Bank references in full. */
  reveal: boolean;
  /** Aborted: no other order is begun. */
  signal: AbortSignal;
}

/** What is printed, text or data, and whether nothing is left to do. */
export interface Printed {
  result: unknown;
  isDone: boolean;
}

/** Who published, as the events say it. */
export function buildTrigger({ platform }: Pick<ReconcileJob, 'platform'>) {
  return {
    producer: 'cli',
    causationId: platform.newId(),
    gatewayEvent: 'manual',
  };
}

/**
 * Says who is about to change what, asks where it must, and writes down what was done, also where the work breaks off:
 * `counts` is read once it is over.
 */
export async function changeOrders<Result>(
  { operator, consent }: Pick<ReconcileJob, 'operator' | 'consent'>,
  change: { what: string; target: Action['target']; counts: Action['counts'] },
  work: () => Promise<Result>,
): Promise<Result> {
  await confirmChange(operator, { what: change.what, asks: false }, consent);
  let brokenOff: string | undefined;
  try {
    return await work();
  } catch (error) {
    brokenOff = describeError(error);
    throw error;
  } finally {
    const { target, counts } = change;
    await logAction(operator, { action: 'reconcile', target: { ...target, brokenOff }, counts });
  }
}
