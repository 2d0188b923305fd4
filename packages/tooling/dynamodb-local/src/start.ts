import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface RunningDynamoDbLocal {
  url: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 200;

/** Starts DynamoDB Local in memory on a free port. Rejects where there is no Java, or where it does not answer. */
export async function startDynamoDbLocal(folder: string): Promise<RunningDynamoDbLocal> {
  await promisify(execFile)('java', ['-version']).catch((cause: unknown) => {
    throw new Error('DynamoDB Local needs Java 11 or newer, and "java -version" failed', { cause });
  });
  const port = await findFreePort();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      '-Xmx1g',
      '-jar',
      join(folder, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const running = { url: `http://127.0.0.1:${port}`, stop: () => stop(child) };
  try {
    await untilItAnswers(running.url, child);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode}`);
    // Without a signature it refuses, which is an answer.
    const isUp = await fetch(url, { method: 'POST' }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await delay(LOOK_AGAIN_MS);
  }
  throw new Error(`DynamoDB Local did not answer within ${READY_WITHIN_MS / 1000} s`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
