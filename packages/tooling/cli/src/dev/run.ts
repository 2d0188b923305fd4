import { demoUsers } from '@cloudnestle/dev/demo-users';
import { stdoutColors } from '@cloudnestle/dev/log/colors';
import { printTopology } from '@cloudnestle/dev/print-topology';
import { localCredentials } from '@cloudnestle/dev/seed/local-credentials';
import { type LocalRun, LocalRunStartError, startLocalRun } from '@cloudnestle/dev/start';
import { CliError } from '../cli-error.ts';
import { print, printColoured } from '../output/print.ts';
import { shell } from '../shell.ts';
import { DEFAULT_AWS_PORT, DEFAULT_PORT, type DevOptions } from './options.ts';
import { formatWelcome } from './welcome.ts';

/** Starts everything, says how to try it, and goes on until it is interrupted. */
export async function runDev(options: DevOptions): Promise<void> {
  if (options.printTopology) {
    print(printTopology());
    return;
  }
  const interrupted = waitForInterrupt();
  const run = await start(options);
  printColoured(formatWelcome(welcomeFacts(run), stdoutColors()));
  await interrupted;
  await run.stop();
}

async function start(options: DevOptions): Promise<LocalRun> {
  try {
    return await startLocalRun({
      port: options.port ?? DEFAULT_PORT,
      portIsDefault: options.port === undefined,
      awsPort: options.awsPort ?? DEFAULT_AWS_PORT,
      awsPortIsDefault: options.awsPort === undefined,
      endpointUrl: options.endpointUrl,
      dataDir: options.data,
      retryScale: options.retryScale,
      pages: 'at once',
    });
  } catch (error) {
    if (error instanceof LocalRunStartError) throw new CliError(error.message, { cause: error });
    throw error;
  }
}

function welcomeFacts(run: LocalRun) {
  const [webhookCredentials] = localCredentials.webhookCredentials;
  if (!webhookCredentials) throw new Error('the local run has no webhook credentials');
  return {
    url: run.url,
    awsEndpoint: run.awsEndpoint,
    region: shell().environment.AWS_REGION ?? 'us-east-1',
    hasLocalCredentials: shell().environment.AWS_ACCESS_KEY_ID === 'local',
    controlPath: `${run.sandbox.basePath}/control`,
    webhookCredentials,
    usersTable: run.topology.tables.users.name,
    hasInbox: run.cloud !== undefined,
    users: demoUsers,
  };
}

/** A terminal tells the whole process group, and the parents hand the signal on: one Ctrl-C arrives several times. */
const SAME_SIGNAL_MS = 500;

/** Resolves at Ctrl-C or a polite kill; a second one, later, ends the process at once. */
function waitForInterrupt(): Promise<void> {
  const caller = shell();
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      caller.onSignal(signal, () => {
        const now = performance.now();
        firstAt ??= now;
        if (now - firstAt > SAME_SIGNAL_MS) caller.exit(130);
        resolve();
      });
    }
  });
}
