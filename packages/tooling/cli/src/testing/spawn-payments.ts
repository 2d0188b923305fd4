import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { LocalRun } from '@cloudnestle/dev/start';
import { type Finished, testEnvironment } from './run-payments.ts';

/** What `./payments` starts: the built command. Sources only where a test looks at what they load. */
const built = join(import.meta.dirname, '../../bin/payments.mjs');
const sources = join(import.meta.dirname, '../main.ts');

/**
 * Runs the command in a process of its own, with the SDK's environment and nothing else, until `killed`: for promises
 * about the process itself. It costs many times what the same command costs in this process.
 */
export function spawnPayments(
  { awsEndpoint }: Pick<LocalRun, 'awsEndpoint'>,
  args: readonly string[],
  options: {
    killed?: AbortSignal;
    cwd?: string;
    /** Called at every piece of standard output. */
    onOutput?: () => void;
    /** Variables beside and instead of those that lead to the run. */
    variables?: Readonly<Record<string, string | undefined>>;
    /** Loaded before the command's sources. */
    preload?: string;
  } = {},
): Promise<Finished> {
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...testEnvironment(),
    ...options.variables,
  };
  const started = options.preload === undefined ? [built] : ['--import', options.preload, sources];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...started, ...args],
      { env, cwd: options.cwd, signal: options.killed, killSignal: 'SIGKILL' },
      () => undefined,
    );
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (text) => {
      stdout += text;
      options.onOutput?.();
    });
    child.stderr?.on('data', (text) => {
      stderr += text;
    });
    // Not before the process is gone: the callback of a killed one comes while it still runs.
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, stdout, stderr }));
  });
}
