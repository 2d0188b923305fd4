import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from '../cli-error.ts';
import type { Terminal } from '../operator/confirm-change.ts';
import { INTERRUPTED } from '../operator/until-interrupted.ts';
import { tellOn } from '../output/print.ts';
import { shell } from '../shell.ts';

/** Asks the operator at the terminal; where there is none, the lines of standard input are the answers, in order. */
export interface Prompt {
  /** Only at a terminal: in a script it would be one line too many. */
  askEmail(): Promise<string>;
  askText(question: string): Promise<string>;
  /** The answer is shown nowhere. */
  askSecret(question: string): Promise<string>;
  /** A secret that cannot be checked before it is in force: twice at a terminal, until both are the same. */
  askNewSecret(question: string): Promise<string>;
  tell(words: string): void;
  close(): void;
}

/** Standard error carries the questions, standard output belongs to the token. */
export function createPrompt(
  terminal: Terminal = { input: shell().input, output: shell().errors },
): Prompt {
  return terminal.input.isTTY === true ? askPerson(terminal) : readScript(terminal);
}

function askPerson(terminal: Terminal): Prompt {
  const { input } = terminal;
  const askText = (question: string) => ask(createInterface(terminal), question);
  const askSecret = async (question: string) => {
    terminal.output.write(question);
    // As a terminal, so that the keyboard is read key by key and shows nothing itself.
    const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
    const answer = await ask(createInterface({ input, output: hidden, terminal: true }), '');
    terminal.output.write('\n');
    return answer;
  };
  const askNewSecret = async (question: string): Promise<string> => {
    const [one, other] = [await askSecret(question), await askSecret('Once more: ')];
    if (one === other) return one;
    tellOn(terminal.output, 'These two are not the same.');
    return askNewSecret(question);
  };
  return {
    askEmail: async () => (await askText('Email: ')).trim(),
    askText: async (question) => (await askText(question)).trim(),
    askSecret,
    askNewSecret,
    tell: (words) => tellOn(terminal.output, words),
    close: () => undefined,
  };
}

/** Ctrl-C and Ctrl-D while asked end the command. */
async function ask(lines: Interface, question: string): Promise<string> {
  const closed = new AbortController();
  lines.on('close', () => closed.abort());
  try {
    return await lines.question(question, { signal: closed.signal });
  } catch (error) {
    throw new CliError('Not signed in.', { exitCode: INTERRUPTED, cause: error });
  } finally {
    lines.close();
  }
}

function readScript({ input, output }: Terminal): Prompt {
  const lines = createInterface({ input });
  const answers = lines[Symbol.asyncIterator]();
  const next = async (question: string) => {
    const answer = await answers.next();
    if (!answer.done) return answer.value;
    const asked = question.replace(/:\s*$/, '').toLowerCase();
    throw new CliError(
      `There is no terminal, so you cannot be asked for the ${asked}: standard input has no line for it.`,
    );
  };
  return {
    askEmail: () => {
      throw new CliError('There is no terminal, so you cannot be asked who signs in: add --user.');
    },
    askText: async (question) => (await next(question)).trim(),
    askSecret: next,
    askNewSecret: next,
    tell: (words) => tellOn(output, words),
    close: () => lines.close(),
  };
}
