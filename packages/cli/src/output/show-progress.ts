import type { Writable } from 'node:stream';
import { progress } from '@clack/prompts';

export interface Progress {
  show(state: { found: number; done: number }): void;
  end(): void;
}

/** A bar on standard error while somebody watches, nothing anywhere else: standard output belongs to the results. */
export function createProgress(
  title: string,
  stream: Writable & { isTTY?: boolean } = process.stderr,
): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  const bar = progress({ max: 100, output: stream });
  let shown = 0;
  let words = title;
  bar.start(title);
  return {
    show: ({ found, done }) => {
      // What is found grows while it is worked on, and a bar never goes back.
      const percent = found === 0 ? 0 : Math.floor((done / found) * 100);
      words = `${title}: ${done} of ${found}`;
      bar.advance(Math.max(percent - shown, 0), words);
      shown = Math.max(percent, shown);
    },
    end: () => bar.stop(words),
  };
}
