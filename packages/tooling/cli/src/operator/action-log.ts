import { appendFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { toPrintableJson } from '@cloudnestle/contracts/printable';
import type { ActionEnd } from '@cloudnestle/operations/actions/action-log';
import type { Action } from '@cloudnestle/operations/actions/change';
import { keepAction } from '@cloudnestle/operations/actions/keep-action';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import { tell } from '../output/print.ts';
import { shell } from '../shell.ts';
import type { ActingOperator, Operator } from './operator.ts';

/** `$XDG_STATE_HOME/cloudnestle-payments/actions.jsonl`, by default below `~/.local/state`. */
export function actionLogFile(environment: NodeJS.ProcessEnv = shell().environment): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'cloudnestle-payments', 'actions.jsonl');
}

/** An action that is under way. */
export interface BegunAction {
  /**
   * Writes down how it ended, in the stage's action log, as one JSON line to the operator's own file, readable by them only,
   * and to standard error. What was done stands whether or not this can be written, so what cannot be is only warned about.
   */
  end(outcome: ActionEnd, action: Pick<Action, 'target' | 'counts'>): Promise<void>;
  /** It met nothing to be changed: the stage's log says so, and nothing else is written. */
  dismiss(): Promise<void>;
}

/**
 * Writes into the stage's action log what is about to be done, before anything is changed. Where that cannot be written, it
 * is said, and the work goes on: the operator's own file and CloudTrail name them as well, and a repair must not wait for
 * a log.
 */
export async function beginAction(
  operator: ActingOperator,
  action: Pick<Action, 'action' | 'target' | 'why'>,
): Promise<BegunAction> {
  const kept = await keepAction(operator.log, { actor: 'cli', by: operator.caller }, action, {
    actionId: crypto.randomUUID(),
    onTrouble: (error, when) => {
      const what = when === 'before' ? 'has no entry of what follows' : 'does not say how it ended';
      tell(`The stage's action log ${what} (${maskText(describeError(error))}).`);
    },
  });
  return {
    end: async (outcome, { target, counts }) => {
      await kept.end(outcome, counts);
      await logAction(operator, { action: action.action, why: action.why, target, counts });
    },
    dismiss: () => kept.end('REFUSED', {}),
  };
}

/**
 * Writes down who did what, one JSON line to the operator's own file, readable by them only, and to standard error; an
 * address in what it was about is masked. What was done stands whether or not this can be written, so a file that
 * cannot be is only warned about.
 */
export async function logAction(
  operator: Operator,
  action: Action,
  { now = new Date(), file = actionLogFile() }: { now?: Date; file?: string } = {},
): Promise<void> {
  const target = Object.fromEntries(
    Object.entries(action.target).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskText(value) : value,
    ]),
  );
  const { account, region, stage, caller } = operator;
  const entry = { at: now.toISOString(), account, region, stage, caller, ...action, target };
  const line = toPrintableJson(entry, 0);
  // The file first: what reads standard error may be gone.
  const trouble: string[] = [];
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await appendFile(file, `${line}\n`, { mode: 0o600 });
  } catch (error) {
    trouble.push(`The line above was not kept in ${file} (${describeError(error)}).`);
  }
  tell(line, ...trouble);
}
