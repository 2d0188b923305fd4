import { OperatorError } from '../operator-error.ts';
import type { ActionEnd, ActionLog, NewAction } from './action-log.ts';
import type { Action } from './change.ts';

/** Who acts, and where. */
export type Actor = Pick<NewAction, 'actor' | 'by' | 'subject'>;

/** An entry that stands in the log before anything is changed. */
export interface KeptAction {
  /** Notes how it ended: also where the beginning could not be written. */
  end(outcome: ActionEnd, counts: Readonly<Record<string, number>>): Promise<void>;
}

/**
 * Writes down what is about to be done, before it is done. `onTrouble` is told where the log cannot be written, and decides
 * by throwing or not whether the change is made all the same.
 */
export async function keepAction(
  log: ActionLog,
  who: Actor,
  { action, target, why }: Pick<Action, 'action' | 'target' | 'why'>,
  options: { actionId: string; onTrouble(error: unknown, when: 'before' | 'after'): void },
): Promise<KeptAction> {
  const { actionId, onTrouble } = options;
  const entry = { actionId, ...who, what: action, ...toEntry(target), ...(why ? { why } : {}) };
  let isBegun = true;
  try {
    await log.write({ ...entry, outcome: 'BEGUN' });
  } catch (error) {
    isBegun = false;
    onTrouble(error, 'before');
  }
  return {
    end: async (outcome, counts) => {
      try {
        if (isBegun) await log.end(actionId, outcome, counts);
        else await log.write({ ...entry, outcome, counts: { ...counts } });
      } catch (error) {
        // What was done stands; an entry that stays BEGUN says no more than is known.
        onTrouble(error, 'after');
      }
    },
  };
}

/** What an error that ended the work says of it: an operator's error is said before anything is changed. */
export function endOf(error: unknown): ActionEnd {
  return error instanceof OperatorError && !error.isInterrupted ? 'REFUSED' : 'FAILED';
}

function toEntry(target: Action['target']): Pick<NewAction, 'transactionId' | 'queue' | 'target'> {
  const known = Object.entries(target).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
  );
  const { transactionId, queue } = target;
  return {
    ...(typeof transactionId === 'string' ? { transactionId } : {}),
    ...(typeof queue === 'string' ? { queue } : {}),
    target: Object.fromEntries(known),
  };
}
