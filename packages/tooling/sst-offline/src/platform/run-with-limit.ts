import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

const isWindows = process.platform === 'win32';

/** How a command ended, and all that it said. */
export interface Ended {
  text: string;
  /** Undefined where it was given up. */
  code: number | undefined;
}

/** Runs a command to its end, at most for `limitMs`; then it is ended with everything that it has started. */
export async function runWithLimit(
  command: string,
  args: string[],
  { limitMs, ...options }: Pick<SpawnOptions, 'cwd' | 'env'> & { limitMs: number },
): Promise<Ended> {
  // A group of its own, so that npm ends with the command that has started it.
  const child = spawn(command, args, { ...options, detached: !isWindows, shell: isWindows });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk));
  }
  let isGivenUp = false;
  const timer = setTimeout(() => {
    isGivenUp = true;
    if (child.pid !== undefined && !isWindows) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  }, limitMs);
  const [code]: unknown[] = await once(child, 'close');
  clearTimeout(timer);
  const text = Buffer.concat(said).toString('utf8').trim();
  return { text, code: isGivenUp ? undefined : Number(code) };
}
