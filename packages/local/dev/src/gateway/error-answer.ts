import type { ErrorBody, ErrorCode } from '@cloudnestle/contracts/http/error';
import type { HttpError } from '@cloudnestle/runtime/http/errors';

/** An error answer of the gateway itself, in the API's own shape. */
export function errorAnswer(
  status: number,
  code: ErrorCode,
  message: string,
  options: {
    requestId?: string;
    headers?: Record<string, string>;
    fields?: HttpError['extra']['fields'];
  } = {},
): Response {
  const { requestId = crypto.randomUUID(), headers, fields } = options;
  const body: ErrorBody = {
    success: false,
    message,
    error: { code, message, ...(fields ? { fields } : {}) },
    requestId,
  };
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', ...headers },
  });
}

/** A request at fault, with its fields. */
export function invalidAnswer({ statusCode, code, message, extra }: HttpError): Response {
  return errorAnswer(statusCode, code, message, extra.fields ? { fields: extra.fields } : {});
}

/** No token, or one that does not hold; which of the two is nobody's business. */
export function unauthenticated(requestId: string): Response {
  const headers = { 'www-authenticate': 'Bearer' };
  return errorAnswer(401, 'UNAUTHENTICATED', 'Please sign in first.', { requestId, headers });
}

export function notFound(): Response {
  return errorAnswer(404, 'NOT_FOUND', 'There is nothing at this address.');
}

export function methodNotAllowed(allowed: readonly string[]): Response {
  const headers = { allow: allowed.join(', ') };
  return errorAnswer(405, 'METHOD_NOT_ALLOWED', 'This address does not take this method.', {
    headers,
  });
}

export function bodyTooLarge(): Response {
  return errorAnswer(413, 'BODY_TOO_LARGE', 'The request is too large.');
}

/**
 * What a route's throttle turns away. API Gateway's own answer is `{"message":"Too Many Requests"}` without a
 * Retry-After: who reads `message` reads this one too.
 */
export function tooManyRequests(): Response {
  const message = 'Too many people are asking at once. Please try again in a moment.';
  return errorAnswer(429, 'TOO_MANY_REQUESTS', message, { headers: { 'retry-after': '1' } });
}

export function tryAgain(message: string, requestId?: string): Response {
  const headers = { 'retry-after': '2' };
  return errorAnswer(503, 'TRY_AGAIN', message, {
    headers,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

export function internalError(requestId?: string): Response {
  return errorAnswer(
    500,
    'INTERNAL_ERROR',
    'Something went wrong on our side.',
    requestId === undefined ? {} : { requestId },
  );
}
