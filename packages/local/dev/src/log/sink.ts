/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void;

/** Lines to standard output. */
export const writeToStdout: LogSink = (line) => {
  process.stdout.write(`${line}\n`);
};
