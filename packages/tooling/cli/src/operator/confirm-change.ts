import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import type { Change, MakeChange } from '@cloudnestle/operations/actions/change';
import { endOf } from '@cloudnestle/operations/actions/keep-action';
import { describeError } from '@cloudnestle/runtime/errors';
import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { CliError } from '../cli-error.ts';
import { tellOn } from '../output/print.ts';
import { shell } from '../shell.ts';
import { beginAction } from './action-log.ts';
import { checkWhy } from './check-why.ts';
import { type ActingOperator, describeOperator, type Operator, openOperator } from './operator.ts';

export interface Consent {
  /** `--yes`: no question, but for production's name. */
  yes?: boolean | undefined;
  /** `--stage`: the stage that the operator means; answers production's question, and stops the command on any other. */
  stage?: string | undefined;
  /** `--why`: why it is done, in the operator's words; on production it must be said. */
  why?: string | undefined;
}

/** A terminal to ask at; standard error carries the questions, standard output belongs to the results. */
export interface Terminal {
  input: Readable & { isTTY?: boolean };
  output: Writable;
}

/**
 * Says who is about to change what, and resolves with why once that is wanted; on production it is always said. Throws a `CliError` where it is not, where
 * there is no terminal to ask at, and where the operator means another stage.
 */
export async function confirmChange(
  operator: Operator,
  change: {
    /** What is about to happen, as a sentence: `Replay 120 letters to tiers.` Or several, each a line. */
    what: string | readonly string[];
    /** False: so little that the operator is not asked, production excepted. */
    asks: boolean;
    /** Where the operator has said it already. */
    why?: string | undefined;
  },
  consent: Consent,
  terminal: Terminal = { input: shell().input, output: shell().errors },
): Promise<string | undefined> {
  checkStage(consent.stage, operator.stage);
  const given =
    change.why ?? (consent.why === undefined ? undefined : checkWhy(consent.why, '--why'));
  const what = typeof change.what === 'string' ? [change.what] : change.what;
  tellOn(terminal.output, describeOperator(operator), ...what);
  const questions = createQuestions(terminal);
  try {
    if (operator.stage === PRODUCTION) {
      const name = consent.stage ?? (await questions.ask(nameQuestion, '--stage production'));
      if (name !== PRODUCTION) throw notWanted();
      return given ?? checkWhy(await questions.ask('Why? ', '--why "..."'), '--why');
    }
    if (consent.yes || !change.asks) return given;
    const answer = await questions.ask('Go on? [y/N] ', '--yes');
    if (!/^y(es)?$/i.test(answer)) throw notWanted();
    return given;
  } finally {
    questions.close();
  }
}

const nameQuestion = "Type the stage's name to go on: ";

/** Asks at a terminal: one reader for all questions, so that what was typed ahead is the next answer. */
function createQuestions(terminal: Terminal) {
  let lines: Interface | undefined;
  let typed: NodeJS.AsyncIterator<string> | undefined;
  return {
    /** Ctrl-C and Ctrl-D are no answer. */
    ask: async (question: string, flag: string): Promise<string> => {
      if (terminal.input.isTTY !== true) {
        throw new CliError(`There is no terminal to ask at: add ${flag}. Nothing was changed.`);
      }
      lines ??= createInterface(terminal);
      typed ??= lines[Symbol.asyncIterator]();
      lines.setPrompt(question);
      lines.prompt();
      const { value, done } = await typed.next();
      return done ? '' : value.trim();
    },
    close: () => lines?.close(),
  };
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
 * Says who is about to change what, asks where it must, does it, and writes down who did it, before and after, also where
 * the work breaks off: `counts` is read once it is over. Throws a `CliError` where it is not wanted, and what the work throws.
 */
export async function makeChange<Result>(
  operator: ActingOperator,
  { counts, ...change }: Change,
  consent: Consent,
  work: () => Promise<Result>,
): Promise<Result> {
  const why = await confirmChange(operator, change, consent);
  const { action, target } = change;
  const begun = await beginAction(operator, { action, target, why });
  try {
    const result = await work();
    await begun.end('DONE', { target, counts });
    return result;
  } catch (error) {
    const brokenOff = describeError(error);
    const outcome = error instanceof CliError ? 'REFUSED' : endOf(error);
    await begun.end(outcome, { target: { ...target, brokenOff }, counts });
    throw error;
  }
}

/** The same for what is shared with the console: who works is only asked once something is to be changed. */
export function askAtTerminal(environment: EnvironmentSecret, consent: Consent): MakeChange {
  return async (change, work) => {
    const operator = await openOperator(environment);
    return makeChange(operator, change, consent, () => work(operator.caller));
  };
}
