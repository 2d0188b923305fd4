const WIDTH = 24;

/** A bar on standard error while somebody watches; nothing anywhere else. */
export function createProgress(title: string, stream = process.stderr) {
  const isWatched = stream.isTTY === true;
  return {
    show: (done: number): void => {
      if (!isWatched) return;
      const filled = Math.round(Math.min(Math.max(done, 0), 1) * WIDTH);
      const bar = '#'.repeat(filled).padEnd(WIDTH, '.');
      stream.write(
        `\r${title.padEnd(12)} [${bar}] ${String(Math.round(done * 100)).padStart(3)} %`,
      );
    },
    clear: (): void => {
      if (isWatched) stream.write('\r\u001b[K');
    },
  };
}
