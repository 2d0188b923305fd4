import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import type { LocalRun } from '@cloudnestle/dev/start';
import { runProgram } from '../program.ts';
import { type Pace, type Shell, withShell } from '../shell.ts';

export interface Finished {
  /** -1 where it was killed. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** The local queues need no long poll, what is under way changes at once, and it is waited for on any machine. */
const quickPace: Pace = { longPollSeconds: 0, pauses: 0.02, effectsMs: 180_000 };

/**
 * Runs the command in this process as an operator would beside the run, without a terminal to ask at. Commands that run
 * at the same time do not mix; what they share is the SDK's environment, which the run has pointed at itself.
 */
export async function runPayments(
  { awsEndpoint }: Pick<LocalRun, 'awsEndpoint'>,
  args: readonly string[],
  options: {
    cwd?: string | undefined;
    pace?: Partial<Pace>;
    /** What stands in standard input, where that is no terminal. */
    input?: string;
    /** What the operator at the terminal answers, question by question. */
    answers?: readonly string[];
  } = {},
): Promise<Finished> {
  // Nothing may reach an AWS account of the developer who runs the tests.
  if (process.env.AWS_ENDPOINT_URL !== awsEndpoint && !args.includes('--help')) {
    throw new Error('the SDK of this process looks elsewhere: spawn the command');
  }
  const [output, errors] = [createSink(), createSink()];
  const exited = Promise.withResolvers<void>();
  const shell: Shell = {
    input: options.answers
      ? createPerson(errors.stream, options.answers)
      : Readable.from(options.input ?? []),
    output: output.stream,
    errors: errors.stream,
    environment: { ...process.env, ...testEnvironment() },
    folder: options.cwd ?? process.cwd(),
    status: undefined,
    onSignal: () => undefined,
    exit: (status) => {
      const error = new Error(`exit ${status}`);
      shell.status = status;
      exited.resolve();
      throw error;
    },
    pace: { ...quickPace, ...options.pace },
  };
  await withShell(shell, () => Promise.race([runProgram(args), exited.promise])).catch((error) => {
    // As Node does it.
    shell.status = 1;
    errors.stream.write(`${error instanceof Error ? error.stack : error}\n`);
  });
  return { exitCode: shell.status ?? 0, stdout: output.text(), stderr: errors.text() };
}

/** Tests leave nothing in the developer's home folder, and do the same whatever the developer has set. */
export function testEnvironment() {
  return {
    XDG_STATE_HOME: join(tmpdir(), 'cloudnestle-payments-tests'),
    PAYMENTS_STAGE: undefined,
  };
}

/** A terminal at which the next answer is typed whenever a question ends, and Ctrl-D when there is none. */
function createPerson(errors: Writable, answers: readonly string[]): Readable & { isTTY: true } {
  const keyboard = new PassThrough();
  const left = [...answers];
  errors.on('written', (text: string) => {
    if (!text.endsWith(': ')) return;
    const answer = left.shift();
    // Ctrl-D. Not before the command listens.
    setImmediate(() => keyboard.write(answer === undefined ? '\u0004' : `${answer}\n`));
  });
  return Object.assign(keyboard, { isTTY: true as const });
}

function createSink() {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      text += chunk;
      stream.emit('written', String(chunk));
      done();
    },
  });
  return { stream, text: () => text };
}
