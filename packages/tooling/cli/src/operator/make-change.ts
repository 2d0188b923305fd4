import { describeError } from '@cloudnestle/runtime/errors';
import { type Action, logAction } from './action-log.ts';
import { type Consent, confirmChange } from './confirm-change.ts';
import type { Operator } from './operator.ts';

/** Something that an operator is about to change. */
export interface Change extends Action {
  /** As a sentence: `Bring in what the gateway says of txn_1.` */
  what: string;
  /** False: so little that nobody is asked, production excepted. */
  asks: boolean;
}

/**
 * Says who is about to change what, asks where it must, does it, and writes down who did it, also where the work breaks
 * off: `counts` is read once it is over. Throws a `CliError` where it is not wanted, and what the work throws.
 */
export async function makeChange<Result>(
  operator: Operator,
  { what, asks, action, target, counts }: Change,
  consent: Consent,
  work: () => Promise<Result>,
): Promise<Result> {
  await confirmChange(operator, { what, asks }, consent);
  let brokenOff: string | undefined;
  try {
    return await work();
  } catch (error) {
    brokenOff = describeError(error);
    throw error;
  } finally {
    await logAction(operator, { action, target: { ...target, brokenOff }, counts });
  }
}
