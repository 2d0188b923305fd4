import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '@cloudnestle/contracts/event';
import { startLocalCloud } from '@cloudnestle/local-aws/start';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterEach, expect, test } from 'vitest';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '../src/start.ts';
import { finish, upgrade } from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';

const buyer = { userId: 'test-uuid-123', email: 'test@example.com' };
const undo: (() => unknown)[] = [];
/** Longer than the test may take: a stop that waits for what hangs would not end in time. */
const HANG_MS = 600_000;

afterEach(async () => {
  for (let job = undo.pop(); job; job = undo.pop()) await job();
});

test('health answers 200 once a run has started', async () => {
  const run = await start();
  const answer = await fetch(`${run.url}/health`);
  expect(answer.status).toBe(200);
});

test('stopping does not wait for a function that hangs, and frees the port', async () => {
  const run = await start();
  await upgrade(run, buyer);
  const hanging = Promise.withResolvers<void>();
  run.cloud?.intercept(({ service, operation }) => {
    if (service !== 'dynamodb' || operation !== 'GetItem') return undefined;
    hanging.resolve();
    return { hangMs: HANG_MS };
  });
  const answer = fetch(`${run.url}/payments/status/txn_MP-x-1732356000-abc123`).catch(() => 'cut');
  await hanging.promise;

  await run.stop();
  await answer;
  await expect(fetch(`${run.url}/health`)).rejects.toThrow();
  const server = await takePort(Number(new URL(run.url).port));
  server.close();
});

test('a sweep runs when it is told to, and a run is not idle before it has ended', async () => {
  const run = await start({ schedules: 'by hand' });
  const swept = sweepHanging(run, 300);
  await swept.hasBegun;
  let isOver = false;
  const sweep = swept.sweep.then(() => {
    isOver = true;
  });
  await run.idle();
  expect(isOver).toBe(true);
  await sweep;
  expect(run.timeline.summaries().filter(({ unit }) => unit === 'sweep')).toHaveLength(1);
});

test('an event that queue and dead-letter queue refuse is shouted out, and the run is not idle as if all were well', async () => {
  const lines: string[] = [];
  const run = await start({ log: (line) => lines.push(line) });
  const { detailType, detail } = sampleCompleted(
    sampleOrder(sampleRow({ userEmail: 'ra\uFFFFvi@example.com' })),
  );
  const events = new EventBridgeClient({});
  undo.push(() => events.destroy());
  const entry = {
    EventBusName: run.topology.bus.name,
    Source: EVENT_SOURCE,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  expect(FailedEntryCount).toBe(0);
  await waitFor('the line', async () => lines.find((line) => line.includes('EVENT LOST')));
  await expect(run.idle()).rejects.toThrow(
    /PaymentCompleted .* is lost: rule .* could not deliver/,
  );
  expect(lines.join()).not.toContain('ra\uFFFFvi');
});

test('a sweep that hangs does not keep a run from stopping', async () => {
  const run = await start({ schedules: 'by hand' });
  const { hasBegun, sweep } = sweepHanging(run, HANG_MS);
  sweep.catch(() => undefined);
  await hasBegun;
  await run.stop();
  await expect(run.schedules.sweep.runNow()).rejects.toThrow('stopped');
});

test('a process whose run is stopped ends by itself', async () => {
  const script = fileURLToPath(new URL('testing/start-and-stop.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(() => child.kill());
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  expect({ code, printed }).toEqual({ code: 0, printed: 'stopped' });
});

test('a port that was asked for and is taken is a clear error, and nothing is left behind', async () => {
  const { port } = await occupy();
  await expect(startLocalRun({ ...quiet, port })).rejects.toMatchObject({
    name: 'LocalRunStartError',
    code: 'PORT_TAKEN',
    message: `Port ${port} is already in use. Choose another one with --port, or stop what uses it.`,
  });
  await expect(startLocalRun({ ...quiet, awsPort: port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('--aws-port'),
  });
  await start();
});

test('a default port that is taken gives way to the next free one', async () => {
  const { port } = await occupy();
  const run = await start({ port, portIsDefault: true, awsPort: port, awsPortIsDefault: true });
  const ports = [run.url, run.awsEndpoint].map((url) => Number(new URL(url).port));
  for (const each of ports) expect(each).toBeGreaterThan(port);
  expect(new Set(ports).size).toBe(2);
});

test('a second run in one process is refused, and the first one goes on', async () => {
  const run = await start();
  await expect(startLocalRun(quiet)).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
  expect((await fetch(`${run.url}/health`)).status).toBe(200);
});

test('a data directory keeps users and waiting messages over a restart, and seeding overwrites nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-run-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const first = await startLocalRun({ ...quiet, dataDir });
  undo.push(first.stop);
  await first.pollers.tiers.pause();
  await finish(first, await upgrade(first, buyer), { outcome: 'COMPLETED' });
  await first.idle();
  const before = await lookAt(first).entitlement(buyer.userId);
  expect(before).toMatchObject({ access_tier: 'pro' });
  expect(await lookAt(first).user(buyer.userId)).toMatchObject({ subscriptionTier: 'registered' });
  await expect(startLocalCloud({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  await first.stop();

  const second = await start({ dataDir });
  await second.idle();
  expect(await lookAt(second).user(buyer.userId)).toMatchObject({ subscriptionTier: 'pro' });
  expect(await lookAt(second).entitlement(buyer.userId)).toMatchObject({
    token: before?.token,
    access_tier: 'pro',
  });
  const other = { userId: 'no-record-000', email: 'no-record@example.com' };
  await finish(second, await upgrade(second, other), { outcome: 'COMPLETED' });
  await second.idle();
  expect(await lookAt(second).user(other.userId)).toMatchObject({ subscriptionTier: 'pro' });
});

test('a data directory that another process uses is a clear error', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-run-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const cloud = await startLocalCloud({ dataDir });
  undo.push(cloud.stop);
  await expect(startLocalRun({ ...quiet, dataDir })).rejects.toMatchObject({
    name: 'LocalRunStartError',
    code: 'DATA_DIR_IN_USE',
  });
});

test('the same run works on an endpoint that was started elsewhere', async () => {
  const cloud = await startLocalCloud({});
  undo.push(cloud.stop);
  const run = await start({ endpointUrl: `${cloud.endpoint}/` });
  expect(run).toMatchObject({ awsEndpoint: cloud.endpoint, cloud: undefined });

  await finish(run, await upgrade(run, buyer), { outcome: 'COMPLETED' });
  await run.idle();
  expect(await lookAt(run).user(buyer.userId)).toMatchObject({ subscriptionTier: 'pro' });
  const mails = await waitFor('the welcome mail', async () => {
    const emails = await cloud.inbox.emails();
    return emails.some(({ subject }) => subject.includes('Welcome')) && emails;
  });
  expect(mails[0]?.destination.to).toEqual([buyer.email]);
  expect((await fetch(`${run.url}/inbox`)).status).toBe(404);
});

test('an endpoint where nothing answers is a clear error', async () => {
  const { port, server } = await occupy();
  server.close();
  await once(server, 'close');
  await expect(
    startLocalRun({ ...quiet, endpointUrl: `http://127.0.0.1:${port}` }),
  ).rejects.toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    message: expect.stringContaining(`http://127.0.0.1:${port}`),
  });
});

/** What a function puts off comes back at once. */
const quiet: LocalRunOptions = { log: () => undefined, retryScale: 0 };

async function start(options: LocalRunOptions = {}): Promise<LocalRun> {
  const run = await startLocalRun({ ...quiet, ...options });
  undo.push(run.stop);
  return run;
}

function lookAt(run: LocalRun): Look {
  const look = createLook(run);
  undo.push(look.destroy);
  return look;
}

/** A sweep whose first look into the table takes its time. */
function sweepHanging(run: LocalRun, hangMs: number) {
  const began = Promise.withResolvers<void>();
  run.cloud?.intercept(({ service, operation }) => {
    if (service !== 'dynamodb' || operation !== 'Query') return undefined;
    run.cloud?.intercept(undefined);
    began.resolve();
    return { hangMs };
  });
  return { sweep: run.schedules.sweep.runNow(), hasBegun: began.promise };
}

async function occupy(): Promise<{ port: number; server: Server }> {
  const server = await takePort(0);
  undo.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return { port: address.port, server };
}

async function takePort(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
