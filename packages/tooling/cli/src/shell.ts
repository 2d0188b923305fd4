import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** A stream to write to, which may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/** What a command has of the process and the terminal that it runs in. */
export interface Shell {
  /** Where the operator answers questions. */
  input: Readable & { isTTY?: boolean };
  /** Where results go, and nothing else. */
  output: Output;
  /** Where questions, progress, warnings and errors go. */
  errors: Output;
  environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths are meant from. */
  folder: string;
  /** The exit status of a command that ends by itself; undefined is 0. */
  status: number | undefined;
  /** Calls `listener` at every such signal, which then no longer ends the command. */
  onSignal(signal: NodeJS.Signals, listener: () => void): void;
  /** Ends the command at once. */
  exit(status: number): never;
  pace: Pace;
}

/** How long a command waits for others; where they are far quicker or slower than AWS is, this says so. */
export interface Pace {
  /** A short poll of a standard queue asks some of its servers only, a long one all of them (AWS); 0: short ones will do. */
  longPollSeconds: number;
  /** Factor on the pauses between two looks at what is under way. */
  pauses: number;
  /** After so long without the effects of what it published, a command says how things stand. */
  effectsMs: number;
}

/** As AWS needs it. */
export const standardPace: Pace = {
  longPollSeconds: 1,
  pauses: 1,
  effectsMs: 15_000,
};

const shells = new AsyncLocalStorage<Shell>();

/** The shell of the command that is running; the process's own where no other was given. */
export function shell(): Shell {
  return shells.getStore() ?? processShell;
}

/** Runs `work` in another shell than the process's, so that several commands can run in one process. */
export function withShell<Result>(other: Shell, work: () => Promise<Result>): Promise<Result> {
  return shells.run(other, work);
}

/** A pause between two looks, at the pace of the command that is running. */
export function pauseMs(standardMs: number): number {
  return standardMs * shell().pace.pauses;
}

const processShell: Shell = {
  get input() {
    return process.stdin;
  },
  get output() {
    return process.stdout;
  },
  get errors() {
    return process.stderr;
  },
  get environment() {
    return process.env;
  },
  get folder() {
    return process.cwd();
  },
  get status() {
    return process.exitCode === undefined ? undefined : Number(process.exitCode);
  },
  set status(status) {
    process.exitCode = status;
  },
  onSignal: (signal, listener) => {
    process.on(signal, listener);
  },
  exit: (status) => process.exit(status),
  pace: standardPace,
};
