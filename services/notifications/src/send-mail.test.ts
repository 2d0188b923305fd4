import { Agent } from 'node:http';
import { createServer, type Server, Socket } from 'node:net';
import { SESv2Client, SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from 'vitest';
import { classifySendFailure, createMailSender } from './send-mail.ts';

const mail = { subject: 'Subject', html: '<p>Hello</p>', text: 'Hello' };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function answered(httpStatusCode: number, name = 'SomeException'): SESv2ServiceException {
  return new SESv2ServiceException({
    name,
    message: 'said SES',
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode },
  });
}

function failedWith(properties: { code?: string; syscall?: string; name?: string }): Error {
  return Object.assign(new Error('broken'), properties);
}

describe('what SES answered', () => {
  test.each([
    [400, 'BadRequestException', { kind: 'refused', isPermanent: true }],
    [400, 'MessageRejected', { kind: 'refused', isPermanent: false }],
    [400, 'MailFromDomainNotVerifiedException', { kind: 'refused', isPermanent: false }],
    [400, 'SendingPausedException', { kind: 'refused', isPermanent: false }],
    [400, 'LimitExceededException', { kind: 'refused', isPermanent: false }],
    [403, 'AccessDeniedException', { kind: 'refused', isPermanent: false }],
    [429, 'TooManyRequestsException', { kind: 'refused', isPermanent: false }],
    [499, 'SomeException', { kind: 'refused', isPermanent: false }],
    [500, 'InternalServiceErrorException', { kind: 'unknown' }],
    [502, 'SomeException', { kind: 'unknown' }],
    [503, 'ServiceUnavailable', { kind: 'refused', isPermanent: false }],
    [504, 'SomeException', { kind: 'unknown' }],
    [200, 'SyntaxError', { kind: 'unknown' }],
  ])('%i %s', (status, name, expected) => {
    expect(classifySendFailure(answered(status, name))).toEqual(expected);
  });
});

describe('no answer', () => {
  test.each([
    ['no such host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'refused'],
    ['no name server', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'refused'],
    ['no route', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'refused'],
    ['connecting timed out', { code: 'ETIMEDOUT', syscall: 'connect' }, 'refused'],
    ['no credentials', { name: 'CredentialsProviderError' }, 'refused'],
    ['the answer timed out', { code: 'ETIMEDOUT', name: 'TimeoutError' }, 'unknown'],
    ['the socket timed out', { code: 'ETIMEDOUT', syscall: 'read' }, 'unknown'],
    ['connection reset', { code: 'ECONNRESET', syscall: 'read' }, 'unknown'],
    ['connection reset while writing', { code: 'EPIPE', syscall: 'write' }, 'unknown'],
    ['anything else', {}, 'unknown'],
  ])('%s', (_name, properties, expected) => {
    expect(classifySendFailure(failedWith(properties)).kind).toBe(expected);
  });

  test('every address refused is a refusal; one that timed out after connecting is not', () => {
    const refused = failedWith({ code: 'ECONNREFUSED', syscall: 'connect' });
    const slow = failedWith({ code: 'ETIMEDOUT', syscall: 'read' });
    expect(classifySendFailure(new AggregateError([refused, refused])).kind).toBe('refused');
    expect(classifySendFailure(new AggregateError([refused, slow])).kind).toBe('unknown');
  });

  test('something that is no error tells nothing', () => {
    expect(classifySendFailure('oops')).toEqual({ kind: 'unknown' });
  });
});

describe('as the SDK really says it', () => {
  test('nobody listens: surely not sent', async () => {
    const server = await listen(() => undefined);
    const { endpoint } = server;
    server.close();
    expect(await sendTo({ endpoint })).toMatchObject({ kind: 'refused', isPermanent: false });
  });

  test('no connection in time: surely not sent', async () => {
    const httpAgent = new Agent();
    httpAgent.createConnection = () => Object.assign(new Socket(), { connecting: true });
    const result = await sendTo({
      endpoint: 'http://127.0.0.1:1',
      connectionTimeout: 50,
      httpAgent,
    });
    expect(result).toMatchObject({ kind: 'refused', isPermanent: false });
  });

  test('no answer in time: unknown', async () => {
    const { endpoint } = await listen(() => undefined);
    expect(await sendTo({ endpoint, requestTimeout: 100 })).toMatchObject({ kind: 'unknown' });
  });

  test('cut while waiting for the answer: unknown', async () => {
    const { endpoint } = await listen((socket) => socket.once('data', () => socket.destroy()));
    expect(await sendTo({ endpoint })).toMatchObject({ kind: 'unknown' });
  });

  test('a page of some proxy instead of an answer goes by its status', async () => {
    const answer = (status: string) => (socket: Socket) =>
      socket.once('data', () =>
        socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>`),
      );
    const busy = await listen(answer('503 Busy'));
    const broken = await listen(answer('502 Bad Gateway'));
    const odd = await listen(answer('200 OK'));
    expect(await sendTo(busy)).toMatchObject({ kind: 'refused', isPermanent: false });
    expect(await sendTo(broken)).toMatchObject({ kind: 'unknown' });
    expect(await sendTo(odd)).toMatchObject({ kind: 'unknown' });
  });
});

async function sendTo(options: {
  endpoint: string;
  connectionTimeout?: number;
  requestTimeout?: number;
  httpAgent?: Agent;
}) {
  const { endpoint, connectionTimeout = 5000, requestTimeout = 5000, httpAgent } = options;
  const ses = new SESv2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout,
      requestTimeout,
      throwOnRequestTimeout: true,
      ...(httpAgent ? { httpAgent } : {}),
    },
  });
  closers.push(() => ses.destroy());
  const send = createMailSender({ ses, from: 'from@shop.example', replyTo: 'help@shop.example' });
  return send('buyer@example.com', mail);
}

async function listen(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  closers.push(close);
  return { endpoint: `http://127.0.0.1:${address.port}`, close };
}
