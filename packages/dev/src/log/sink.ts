import pc from 'picocolors';
import type { Colors } from './format-entry.ts';

/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void;

/** Lines to standard output. */
export const writeToStdout: LogSink = (line) => {
  process.stdout.write(`${line}\n`);
};

/** Colours for standard output: none where NO_COLOR is set or nobody watches, unless FORCE_COLOR asks for them. */
export function stdoutColors(): Colors {
  const isWatched = process.stdout.isTTY === true || Boolean(process.env.FORCE_COLOR);
  return pc.createColors(isWatched && pc.isColorSupported);
}

export const noColors: Colors = pc.createColors(false);
