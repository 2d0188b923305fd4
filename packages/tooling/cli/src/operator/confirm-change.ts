import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { Change, MakeChange } from '@cloudnestle/operations/actions/change';
import { describeError } from '@cloudnestle/runtime/errors';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { CliError } from '../cli-error.ts';
import { tellOn } from '../output/print.ts';
import { shell } from '../shell.ts';
import { logAction } from './action-log.ts';
import { describeOperator, identifyOperator, type Operator } from './operator.ts';

export interface Consent {
  /** `--yes`: no question, but for production's name. */
  yes?: boolean | undefined;
  /** `--stage`: the stage that the operator means; answers production's question, and stops the command on any other. */
  stage?: string | undefined;
}

/** A terminal to ask at; standard error carries the questions, standard output belongs to the results. */
export interface Terminal {
  input: Readable & { isTTY?: boolean };
  output: Writable;
}

/**
 * Says who is about to change what, and resolves once that is wanted. Throws a `CliError` where it is not, where
 * there is no terminal to ask at, and where the operator means another stage.
 */
export async function confirmChange(
  operator: Operator,
  change: {
    /** What is about to happen, as a sentence: `Replay 120 letters to tiers.` Or several, each a line. */
    what: string | readonly string[];
    /** False: so little that the operator is not asked, production excepted. */
    asks: boolean;
  },
  consent: Consent,
  terminal: Terminal = { input: shell().input, output: shell().errors },
): Promise<void> {
  checkStage(consent.stage, operator.stage);
  const what = typeof change.what === 'string' ? [change.what] : change.what;
  tellOn(terminal.output, describeOperator(operator), ...what);
  if (operator.stage === PRODUCTION) {
    if (consent.stage !== undefined) return;
    const answer = await ask(terminal, `Type the stage's name to go on: `, '--stage production');
    if (answer !== PRODUCTION) throw notWanted();
    return;
  }
  if (consent.yes || !change.asks) return;
  const answer = await ask(terminal, 'Go on? [y/N] ', '--yes');
  if (!/^y(es)?$/i.test(answer)) throw notWanted();
}

async function ask(terminal: Terminal, question: string, flag: string): Promise<string> {
  if (terminal.input.isTTY !== true) {
    throw new CliError(`There is no terminal to ask at: add ${flag}. Nothing was changed.`);
  }
  const lines = createInterface(terminal);
  // Ctrl-C and Ctrl-D while asked are a no.
  const closed = new AbortController();
  lines.on('close', () => closed.abort());
  try {
    return (await lines.question(question, { signal: closed.signal })).trim();
  } catch {
    return '';
  } finally {
    lines.close();
  }
}

function notWanted(): CliError {
  return new CliError('Nothing was changed.');
}

/** Throws a `CliError` where the operator names another stage than the one that the environment leads to. */
export function checkStage(meant: string | undefined, stage: string): void {
  if (meant === undefined || meant === stage) return;
  throw new CliError(`You mean the stage ${meant}, and this is ${stage}. Nothing was changed.`);
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

/** The same for what is shared with the console: who works is only asked once something is to be changed. */
export function askAtTerminal(stage: string, consent: Consent): MakeChange {
  return async (change, work) => {
    const operator = await identifyOperator(stage);
    return makeChange(operator, change, consent, () => work(operator.caller));
  };
}
