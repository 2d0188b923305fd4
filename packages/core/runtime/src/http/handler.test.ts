import { expect, it } from 'vitest';
import * as z from 'zod';
import { createFakePlatform } from '../testing/fake-platform.ts';
import { invokeHttp } from '../testing/invoke.ts';
import { HttpError, unavailable } from './errors.ts';
import { buildHttpHandler, type Endpoint, MAX_BODY_BYTES, parseBody } from './handler.ts';

const platform = createFakePlatform();
const schema = z.object({ name: z.string() });
const greet: Endpoint = {
  unit: 'greet',
  reads: 'json',
  handle: async ({ body }) => ({
    statusCode: 200,
    body: { success: true, hello: parseBody(schema, body).name },
    summary: { outcome: 'greeted' },
  }),
};
const call = (endpoint: Endpoint, request: Parameters<typeof invokeHttp>[1]) =>
  invokeHttp(buildHttpHandler(platform, endpoint), request);
const failWith = (error: unknown): Endpoint => ({
  ...greet,
  handle: () => Promise.reject(error),
});

it('answers JSON with the request id and never lets it be cached', async () => {
  const answer = await call(greet, { body: { name: 'you' } });
  expect(answer).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: { success: true, hello: 'you', requestId: expect.any(String) },
  });
});

it('names the field that is wrong', async () => {
  const answer = await call(greet, { body: { name: 7 } });
  expect(answer).toMatchObject({
    statusCode: 400,
    body: {
      success: false,
      error: { code: 'INVALID_REQUEST', fields: [{ field: 'name' }] },
    },
  });
});

it.each([
  ['broken JSON', { body: '{"name":' }],
  ['no content type', { body: '{"name":"a"}', headers: { 'content-type': '' } }],
  ['no body', {}],
  ['a body that is no object', { body: '[]' }],
])('answers 400 to %s', async (_what, request) => {
  expect((await call(greet, request)).statusCode).toBe(400);
});

it('answers 413 one byte above the limit and not at it', async () => {
  const withLength = (bytes: number) => `{"name":"${'a'.repeat(bytes - 11)}"}`;
  expect((await call(greet, { body: withLength(MAX_BODY_BYTES) })).statusCode).toBe(200);
  expect((await call(greet, { body: withLength(MAX_BODY_BYTES + 1) })).statusCode).toBe(413);
});

it('gives raw endpoints the very bytes that came', async () => {
  const bytes = new Uint8Array([0xff, 0x00, 0x7b]);
  const echo: Endpoint = {
    unit: 'echo',
    reads: 'raw',
    handle: async ({ rawBody }) => ({
      statusCode: 200,
      body: { bytes: [...rawBody] },
      summary: { outcome: 'echoed' },
    }),
  };
  expect((await call(echo, { body: bytes })).body.bytes).toEqual([0xff, 0x00, 0x7b]);
});

it('keeps the reason for the log and the words for the public', async () => {
  const answer = await call(failWith(unavailable('table transactions is throttled')), { body: {} });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('2');
  expect(JSON.stringify(answer.body)).not.toContain('throttled');
  expect(platform.summaries().at(-1)).toMatchObject({
    outcome: 'TRY_AGAIN',
    reason: 'table transactions is throttled',
    statusCode: 503,
  });
});

it('calls a bug 500 and trouble with AWS 503, and shows neither', async () => {
  const bug = await call(failWith(new TypeError('x of buyer@example.com is undefined')), {
    body: {},
  });
  expect(bug).toMatchObject({ statusCode: 500, body: { error: { code: 'INTERNAL_ERROR' } } });
  const aws = Object.assign(new Error('Rate exceeded'), { $metadata: { httpStatusCode: 400 } });
  const trouble = await call(failWith(aws), { body: {} });
  expect(trouble).toMatchObject({ statusCode: 503, body: { error: { code: 'TRY_AGAIN' } } });
  expect(JSON.stringify([bug.body, trouble.body])).not.toMatch(/undefined|Rate exceeded/);
  expect(JSON.stringify(platform.lines)).not.toContain('buyer@');
});

it('passes an answer’s own code and fields on', async () => {
  const error = new HttpError(409, 'ALREADY_PRO', 'You are Pro already.', {
    extra: { currentTier: 'pro' },
  });
  expect((await call(failWith(error), { body: {} })).body).toMatchObject({
    success: false,
    message: 'You are Pro already.',
    currentTier: 'pro',
    error: { code: 'ALREADY_PRO' },
  });
});

it('hands over what the JWT authorizer verified, and nothing where none stands before the route', async () => {
  const seen: unknown[] = [];
  const endpoint: Endpoint = {
    ...greet,
    handle: async ({ claims }) => {
      seen.push(claims);
      return { statusCode: 200, body: {}, summary: { outcome: 'seen' } };
    },
  };
  await call(endpoint, { body: {}, claims: { sub: 's', 'cognito:groups': '[admin]' } });
  await call(endpoint, { body: {} });
  expect(seen).toEqual([{ sub: 's', 'cognito:groups': '[admin]' }, undefined]);
});
