import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { createMailroom, type Mailroom } from '../../../testing/dead-letters.ts';
import { type Finished, runPayments } from '../../../testing/run-payments.ts';
import { holdLetters } from '../../testing/hold-letters.ts';

const main = join(import.meta.dirname, '../../../main.ts');

/** A run in which nobody but the tests takes anything out of a queue. */
export interface LookRun {
  run: LocalRun;
  mailroom: Mailroom;
  dlq(...args: string[]): Promise<Finished>;
  deadLetterUrl(queue: string): string;
  /** Receives so many letters and keeps them until they are given back. */
  hold(queue: string, count: number): Promise<() => Promise<void>>;
  /** Runs the command until it makes its nth AWS call, and presses Ctrl-C there. */
  interruptAtCall(nth: number, ...args: string[]): Promise<Finished>;
  /** Everything that can be received now, taken out of every dead-letter queue; how many by queue. */
  empty(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export async function startLookRun(): Promise<LookRun> {
  const run = await startTestRun({
    demoData: false,
  });
  await Promise.all(Object.values(run.pollers).map((poller) => poller.pause()));
  const mailroom = createMailroom(run);
  const { queues, deliveryDeadLetterUrl } = run.provisioned;
  const urls = new Map([
    ...Object.entries(queues).map(([name, queue]) => [name, queue.deadLetterUrl] as const),
    ['delivery', deliveryDeadLetterUrl] as const,
  ]);
  const deadLetterUrl = (queue: string) => {
    const url = urls.get(queue);
    if (url === undefined) throw new Error(`no dead-letter queue ${queue}`);
    return url;
  };
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, endpoint: run.awsEndpoint });
  return {
    run,
    mailroom,
    dlq: (...args) => runPayments(run, ['dlq', ...args]),
    deadLetterUrl,
    hold: (queue, count) => holdLetters(sqs, deadLetterUrl(queue), count),
    interruptAtCall: async (nth, ...args) => {
      const child = execFile(process.execPath, [main, 'dlq', ...args]);
      const output = { stdout: '', stderr: '' };
      child.stdout?.on('data', (text) => {
        output.stdout += text;
      });
      child.stderr?.on('data', (text) => {
        output.stderr += text;
      });
      let calls = 0;
      run.cloud?.intercept(() => {
        calls += 1;
        if (calls !== nth) return undefined;
        // As at a terminal, where the parents hand on what the whole process group was told already.
        child.kill('SIGINT');
        child.kill('SIGINT');
        return undefined;
      });
      const [code] = await once(child, 'close');
      run.cloud?.intercept(undefined);
      return { exitCode: Number(code ?? -1), ...output };
    },
    empty: async () => {
      const counts = [...urls].map(async ([name, url]) => {
        const { length } = await mailroom.takeAll(url);
        return [name, length] as const;
      });
      return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0));
    },
    stop: async () => {
      sqs.destroy();
      mailroom.stop();
      await run.stop();
    },
  };
}

/** What a terminal would obey. */
export const steering = /[^\P{Cc}\n]|\p{Cf}/u;
