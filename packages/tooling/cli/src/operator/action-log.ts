import { appendFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { toPrintableJson } from '@cloudnestle/contracts/printable';
import type { Action } from '@cloudnestle/operations/actions/change';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import { tell } from '../output/print.ts';
import { shell } from '../shell.ts';
import type { Operator } from './operator.ts';

/** `$XDG_STATE_HOME/cloudnestle-payments/actions.jsonl`, by default below `~/.local/state`. */
export function actionLogFile(environment: NodeJS.ProcessEnv = shell().environment): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'cloudnestle-payments', 'actions.jsonl');
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
  const entry = { at: now.toISOString(), ...operator, ...action, target };
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
