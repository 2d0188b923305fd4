import { createHash } from 'node:crypto';
import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import { parseJson } from '@cloudnestle/contracts/json';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import { type HttpAnswer, type HttpRequest, parseBody } from '@cloudnestle/runtime/http/handler';
import type * as z from 'zod';
import type { Desk } from '../desk/connect-desk.ts';
import type { Operator } from './operator.ts';

/** One call of an operator. */
export interface Call {
  key: AdminRouteKey;
  request: HttpRequest;
  operator: Operator;
  desk: Desk;
}

export type Answer = (call: Call) => Promise<HttpAnswer>;

/** The body by its contract; of a call without one, `{}`. Throws a 400 that names the fields at fault. */
export function readBody<Schema extends z.ZodType>(
  { request }: Call,
  schema: Schema,
): z.infer<Schema> {
  const text = Buffer.from(request.rawBody).toString('utf8');
  const body = text === '' ? {} : parseJson(text);
  if (body === undefined) throw invalidRequest([{ field: 'body', message: 'must be JSON' }]);
  return parseBody(schema, body);
}

/** The query by its contract. */
export function readQuery<Schema extends z.ZodType>(
  { request }: Call,
  schema: Schema,
): z.infer<Schema> {
  return parseBody(schema, { ...request.query });
}

/** A part of the path. */
export function readPath({ request }: Call, name: string): string {
  const value = request.pathParameters[name];
  if (!value || value.length > 200) throw notFound('No such thing.');
  return value;
}

/** The order that the path names. Throws a 404 for what cannot be one: it is in no log then, and it may be an address. */
export function readOrderPath(call: Call): string {
  const id = readPath(call, 'transactionId');
  if (transactionIdSchema.safeParse(id).success) return id;
  throw new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.');
}

export function notFound(words: string, summary: { transactionId?: string } = {}): HttpError {
  return new HttpError(404, 'NOT_FOUND', words, { summary });
}

export function orderNotFound(transactionId: string): HttpError {
  return new HttpError(404, 'ORDER_NOT_FOUND', 'No such order.', { summary: { transactionId } });
}

/** It cannot be done as things stand; the words are for the operator. */
export function refused(words: string, summary: { transactionId?: string } = {}): HttpError {
  return new HttpError(409, 'REFUSED', words, { summary });
}

type Summary = Omit<HttpAnswer['summary'], 'outcome'>;

export function answerOk(
  call: Call,
  body: Readonly<Record<string, unknown>>,
  summary: Summary = {},
): HttpAnswer {
  return answer(call, 200, body, summary);
}

/** It is on its way. */
export function answerAccepted(
  call: Call,
  body: Readonly<Record<string, unknown>>,
  summary: Summary = {},
): HttpAnswer {
  return answer(call, 202, body, summary);
}

function answer(
  { key, operator }: Call,
  statusCode: number,
  body: Readonly<Record<string, unknown>>,
  summary: Summary,
): HttpAnswer {
  return {
    statusCode,
    body: { success: true, ...body },
    summary: { outcome: key, actor: operator.subject, ...summary },
  };
}

/**
 * The same with an `ETag` over what is shown; 304 without a body where the caller has it. `volatile` are fields that change
 * with every call and say nothing new.
 */
export function answerTagged(
  call: Call,
  body: Readonly<Record<string, unknown>>,
  options: { volatile?: readonly string[]; etagField?: string; summary?: Summary } = {},
): HttpAnswer {
  const { volatile = [], etagField, summary } = options;
  const stable = Object.entries(body).filter(([name]) => !volatile.includes(name));
  const digest = createHash('sha256').update(JSON.stringify(stable)).digest('base64url');
  const etag = `"${digest.slice(0, 22)}"`;
  const whole = etagField === undefined ? body : { ...body, [etagField]: etag };
  const isKnown = call.request.headers['if-none-match'] === etag;
  const full = answer(call, isKnown ? 304 : 200, whole, summary ?? {});
  return { ...full, headers: { etag } };
}
