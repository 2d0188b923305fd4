import { type ChildProcess, fork } from 'node:child_process';
import { on } from 'node:events';

/**
 * A script of this folder in a process of its own. Its standard output is thrown away (the functions log there), errors
 * are shown.
 */
export function forkScript(script: URL, args: readonly string[] = []): ChildProcess {
  return fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** What a script sends, to be iterated from the start on; ends with the script. */
export async function* messagesOf(child: ChildProcess): AsyncGenerator<unknown, never> {
  for await (const [message] of on(child, 'message', { close: ['disconnect'] })) yield message;
  throw new Error('a process of the benchmark ended too early');
}

/** To be called in such a script: it ends when its parent does. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit());
}
