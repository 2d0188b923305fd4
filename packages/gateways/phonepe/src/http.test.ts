import * as net from 'node:net';
import type { HttpAnswer, HttpRequest } from '@cloudnestle/payments/gateway-tools';
import { afterEach, describe, expect, it } from 'vitest';
import { createSendRequest, sendRepeatedly } from './http.ts';
import {
  breakOff,
  endless,
  hang,
  type Reply,
  reset,
  serve,
  type TestServer,
} from './testing/serve.ts';
import { withinBudget } from './waiting.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(reply: Reply): Promise<TestServer> {
  const server = await serve(() => reply);
  servers.push(server);
  return server;
}

const send = createSendRequest();

function ask(url: string, connection: HttpRequest['connection'] = 'fresh', timeoutMs = 60_000) {
  const request = { method: 'POST', url, headers: {}, body: '{}', connection } as const;
  return withinBudget(timeoutMs, (signal) => send(request, signal));
}

const notArrived = { kind: 'failed', mayHaveArrived: false };
const maybeArrived = { kind: 'failed', mayHaveArrived: true };

describe('what a failed exchange says about its arrival', () => {
  it('no server listens: not arrived', async () => {
    const server = await start({});
    await server.close();
    expect(await ask(server.url)).toEqual({ ...notArrived, reason: 'ECONNREFUSED' });
  });

  it('no such host: not arrived', async () => {
    expect(await ask('http://no-such-host.invalid/', 'fresh', 1_000)).toMatchObject(notArrived);
  });

  it('no connection in time: not arrived', async () => {
    // 192.0.2.0/24 is reserved for documentation: packets to it go nowhere, or are refused at once.
    expect(await ask('http://192.0.2.1:81/', 'fresh', 100)).toMatchObject(notArrived);
  });

  it('a TLS handshake that never ends: not arrived, for nothing was sent', async () => {
    const sockets: net.Socket[] = [];
    // Given up once it is connected, however long a busy machine takes for that.
    const patience = new AbortController();
    const silent = net.createServer((socket) => {
      sockets.push(socket);
      patience.abort();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const url = `https://127.0.0.1:${port}/`;
    const answer = await send(
      { method: 'GET', url, headers: {}, connection: 'fresh' },
      patience.signal,
    );
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    expect(answer).toEqual({ ...notArrived, reason: 'timed out' });
    expect(sockets).toHaveLength(1);
  });

  it('an address or header that cannot be sent: not arrived', async () => {
    expect(await ask('nowhere')).toMatchObject(notArrived);
    expect(await ask('ftp://127.0.0.1/')).toMatchObject(notArrived);
    const request = { method: 'GET', url: 'http://127.0.0.1/', headers: { a: 'b\nc' } } as const;
    const answer = await withinBudget(500, (signal) =>
      send({ ...request, connection: 'fresh' }, signal),
    );
    expect(answer).toMatchObject(notArrived);
  });

  it('no answer in time: may have arrived', async () => {
    const server = await start(hang);
    expect(await ask(server.url, 'fresh', 100)).toEqual({ ...maybeArrived, reason: 'timed out' });
  });

  it('cut before the answer: may have arrived', async () => {
    const server = await start(reset);
    expect(await ask(server.url)).toEqual({ ...maybeArrived, reason: 'ECONNRESET' });
  });

  it('cut within the answer: may have arrived', async () => {
    const server = await start(breakOff);
    expect(await ask(server.url)).toMatchObject(maybeArrived);
  });

  it('an answer without end: given up after a megabyte', async () => {
    const server = await start(endless);
    expect(await ask(server.url)).toEqual({ ...maybeArrived, reason: 'answer too large' });
  });

  it('cut on a connection kept from before: may have arrived', async () => {
    let reply: Reply = {};
    const server = await serve(() => reply);
    servers.push(server);
    await ask(server.url, 'kept');
    reply = reset;
    expect(await ask(server.url, 'kept')).toMatchObject(maybeArrived);
    expect(server.connections).toBe(1);
  });
});

describe('what is answered', () => {
  const cases: [number, string][] = [
    [200, '{"a":1}'],
    [200, ''],
    [400, 'R999'],
    [302, ''],
    [500, '<html>oops</html>'],
  ];
  it.each(cases)('%d %j comes as it is', async (status, body) => {
    const server = await start({ status, body });
    expect(await ask(server.url)).toEqual({ kind: 'answered', status, body });
  });
});

describe('connections', () => {
  it('are kept between questions, and fresh for a call that must not be lost', async () => {
    const server = await start({});
    for (let call = 0; call < 12; call++) await ask(server.url, 'kept');
    expect(server.connections).toBe(1);
    await ask(server.url, 'fresh');
    await ask(server.url, 'fresh');
    expect(server.connections).toBe(3);
  });

  it('are shared by many at once without losing an answer', async () => {
    const server = await start({ body: { ok: true } });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (): Promise<HttpAnswer> => ask(server.url, 'kept')),
    );
    expect(answers.every((answer) => answer.kind === 'answered')).toBe(true);
    expect(server.connections).toBeLessThanOrEqual(64);
  });
});

const good: HttpAnswer = { kind: 'answered', status: 200, body: '{}' };
const failed: HttpAnswer = { kind: 'failed', mayHaveArrived: true, reason: 'ECONNRESET' };
const status = (code: number): HttpAnswer => ({ kind: 'answered', status: code, body: '' });

async function run(answers: HttpAnswer[], timeoutMs = 60_000, random = () => 0) {
  let tries = 0;
  const answer = await withinBudget(timeoutMs, (signal) =>
    sendRepeatedly(async () => answers[tries++] ?? good, { random, signal }),
  );
  return { answer, tries };
}

describe('a call that may be repeated', () => {
  it.each([failed, status(408), status(429), status(500), status(502), status(503)])(
    'is tried again after %j',
    async (first) => {
      expect(await run([first])).toEqual({ answer: good, tries: 2 });
    },
  );

  it.each([200, 302, 400, 401, 403, 404, 409, 417])('is not repeated after %d', async (code) => {
    expect(await run([status(code)])).toEqual({ answer: status(code), tries: 1 });
  });

  it('is tried three times at most, and the last answer counts', async () => {
    const answers = [failed, status(500), status(503), good];
    expect(await run(answers)).toEqual({ answer: status(503), tries: 3 });
  });

  it('is not repeated once the time is up', async () => {
    const result = await run([status(500)], 20, () => 0.999);
    expect(result).toEqual({ answer: status(500), tries: 1 });
  });
});
