import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runPayments } from './testing/run-payments.ts';

const main = join(import.meta.dirname, '../bin/payments.mjs');
const running = new Set<ReturnType<typeof start>>();
afterEach(() => {
  for (const each of running) each.child.kill('SIGKILL');
  running.clear();
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '' },
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const started = {
    child,
    output: () => output,
    /** Resolves once the command has printed what is wanted; rejects where it ends before. */
    printed: (wanted: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = wanted.exec(output);
          if (found) resolve(found);
        };
        listeners.add(look);
        child.once('exit', () => reject(new Error(`ended without ${wanted}: ${output}`)));
        look();
      }),
    ended: once(child, 'exit').then(([code]) => Number(code)),
  };
  running.add(started);
  return started;
}

it('says what to try and that it is ready, and ends at Ctrl-C with exit status 0', async () => {
  const dev = start('dev', '--port', '0', '--aws-port', '0');
  const [, url] = await dev.printed(/Ready\. Open (http:\/\/\S+)/);
  expect((await fetch(`${url}health`)).status).toBe(200);
  for (const wanted of ['test-uuid-123', 'upgrade-to-pro', 'phonepe-webhook', 'get-item']) {
    expect(dev.output()).toContain(wanted);
  }
  const interruptedAt = performance.now();
  // As at a terminal, where the parents hand on what the whole process group was told already.
  dev.child.kill('SIGINT');
  dev.child.kill('SIGINT');
  expect(await dev.ended).toBe(0);
  // Two seconds are the promise; the rest is for busy machines.
  expect(performance.now() - interruptedAt).toBeLessThan(5000);
});

it('names a port that was asked for and is taken, in one line', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const dev = start('dev', '--port', String(port), '--aws-port', '0');
  expect(await dev.ended).toBe(1);
  holder.close();
  expect(dev.output().trim().split('\n')).toHaveLength(1);
  expect(dev.output()).toContain(`Port ${port} is already in use`);
});

describe('without a local run', () => {
  const nowhere = { awsEndpoint: 'http://127.0.0.1:1' };
  beforeEach(() => void vi.stubEnv('AWS_ENDPOINT_URL', nowhere.awsEndpoint));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    [['dev', '--port', 'eighty'], 'a port is a number'],
    [['dev', '--retry-scale', '-1'], 'a scale is a number'],
    [['dev', '--endpoint-url', 'nowhere'], 'an address such as'],
    [
      ['dev', '--endpoint-url', 'http://127.0.0.1:1', '--data', 'x'],
      'leave out --aws-port and --data',
    ],
    [['dev', '--endpoint-url', 'http://127.0.0.1:1', '--port', '0'], 'http://127.0.0.1:1'],
    [['dev', '--data', ''], 'a folder is wanted'],
    [['dev', '--data', main, '--port', '0', '--aws-port', '0'], 'cannot be used (EEXIST)'],
    [['launch'], 'unknown command'],
  ])('payments %j ends with an exit status that scripts can trust', async (args, words) => {
    const { exitCode, stdout, stderr } = await runPayments(nowhere, args);
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain(words);
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });

  it('prints the topology as JSON and exits', async () => {
    const { exitCode, stdout } = await runPayments(nowhere, ['dev', '--print-topology']);
    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout))).toEqual(
      expect.arrayContaining(['bus', 'rules', 'queues', 'tables', 'routes', 'schedules']),
    );
  });
});

it('tells the whole story by itself, and ends well', async () => {
  const demo = start('demo');
  expect(await demo.ended).toBe(0);
  const services = ['tiers', 'entitlements', 'reconciliation', 'notifications'];
  const pass = [
    'both months are over: already-pro-111 is pro.',
    'once more: already-pro-111 is ent',
  ];
  for (const wanted of [...services, ...pass, 'Your plan has ended', 'The end.']) {
    expect(demo.output()).toContain(wanted);
  }
});
