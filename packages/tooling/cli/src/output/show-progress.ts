import { printable } from '@cloudnestle/contracts/printable';
import { createProgress as createBar, type Watched } from '@cloudnestle/dev/terminal/show-progress';
import { shell } from '../shell.ts';

export interface Progress {
  show(state: { found: number; done: number }): void;
  end(): void;
}

/**
 * A bar on standard error where that is a terminal, nothing anywhere else: standard output belongs to the results. It only
 * writes: a bar that reads the keyboard would take Ctrl-C for an end like any other.
 */
export function createProgress(title: string, stream: Watched = shell().errors): Progress {
  const bar = createBar(printable(title), stream);
  return {
    show: ({ found, done }) => bar.show(found === 0 ? 0 : done / found, `${done} of ${found}`),
    end: bar.clear,
  };
}
