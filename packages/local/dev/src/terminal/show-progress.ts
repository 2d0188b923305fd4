const WIDTH = 24;

/** A stream that may be a terminal. */
export interface Watched {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** A bar on standard error while somebody watches; nothing anywhere else. */
export function createProgress(title: string, stream: Watched = process.stderr) {
  const isWatched = stream.isTTY === true;
  return {
    /** `done`: from 0 to 1. */
    show: (done: number, words = ''): void => {
      if (!isWatched) return;
      const filled = Math.round(Math.min(Math.max(done, 0), 1) * WIDTH);
      const bar = '#'.repeat(filled).padEnd(WIDTH, '.');
      const percent = `${String(Math.round(done * 100)).padStart(3)} %`;
      stream.write(`\r${title.padEnd(12)} [${bar}] ${percent}  ${words}\u001b[K`);
    },
    clear: (): void => {
      if (isWatched) stream.write('\r\u001b[K');
    },
  };
}
