import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { READY } from './programs.ts';

/** Milliseconds from starting a process with this program to its word that everything is loaded. */
export async function timeToReady(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const readyAt = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(READY)) resolve(performance.now());
    });
    child.once('error', reject);
    // Not on exit: what it wrote may still be on its way then.
    child.once('close', (code) => reject(new Error(`the bundle ended with ${code}, never ready`)));
  });
  try {
    return (await readyAt) - startedAt;
  } finally {
    child.kill();
    // The next one starts on a quiet machine.
    await closed;
  }
}
