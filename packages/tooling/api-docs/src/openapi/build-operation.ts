import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import { errorCodes } from '@cloudnestle/contracts/http/error-codes';
import type { Route, Throttle } from '@cloudnestle/topology/types';
import { requestId } from '../examples.ts';
import { refTo } from '../to-json-schemas.ts';
import {
  type AnswerDoc,
  type BodyDoc,
  type ErrorDoc,
  errorsOf,
  type OperationDoc,
  type ParameterDoc,
} from './operation.ts';
import type { AnswerName } from './schemas.ts';

/** One call as OpenAPI says it. */
export function buildOperation(operation: OperationDoc, { throttle, adminOnly }: Route) {
  const { operationId, tag, summary, description, parameters = [], body } = operation;
  const security = adminOnly ? [['adminToken']] : (operation.security ?? []);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description}\n\n${describeThrottle(throttle)}`,
    security: security.map((names) => Object.fromEntries(names.map((name) => [name, []]))),
    ...(parameters.length > 0 ? { parameters: parameters.map(buildParameter) } : {}),
    ...(body ? { requestBody: buildBody(body) } : {}),
    responses: buildResponses(operation, { hasAuthorizer: adminOnly }),
  };
}

function describeThrottle({ ratePerSecond, burst }: Throttle): string {
  return `All callers together: ${ratePerSecond} calls a second, ${burst} at once.`;
}

function buildParameter({ schema, required = false, ...parameter }: ParameterDoc) {
  return {
    ...parameter,
    required,
    schema: schema === 'text' ? { type: 'string' } : { $ref: refTo(schema) },
  };
}

function buildBody({ required = false, asForm = false, examples }: BodyDoc) {
  const names = [...new Set(Object.values(examples).map(({ schema }) => schema))];
  const values = Object.fromEntries(
    Object.entries(examples).map(([words, { value }]) => [words, value]),
  );
  return {
    required,
    content: {
      ...buildContent(names, values),
      ...(asForm ? buildContent(names, values, 'application/x-www-form-urlencoded') : {}),
    },
  };
}

/** The `responses` of one call: what it answers by status, errors included. */
function buildResponses(operation: OperationDoc, gateway: { hasAuthorizer: boolean }) {
  const { answers } = operation;
  const errors = errorsOf(operation);
  const statuses = new Set([...answers, ...errors].map(({ status }) => status));
  return Object.fromEntries(
    [...statuses]
      .toSorted((one, other) => one - other)
      .map((status) => [
        status,
        buildResponse(
          answers.filter((each) => each.status === status),
          errors.filter((each) => each.status === status),
          status === 401 && !gateway.hasAuthorizer ? undefined : gatewayWords[status],
        ),
      ]),
  );
}

function buildResponse(
  answers: readonly AnswerDoc[],
  errors: readonly ErrorDoc[],
  gatewaysOwn: string | undefined,
) {
  const names: AnswerName[] = [
    ...answers.flatMap(({ schema }) => schema ?? []),
    ...(errors.length > 0 ? (['ErrorAnswer'] as const) : []),
    ...(gatewaysOwn ? (['ApiGatewayAnswer'] as const) : []),
  ];
  const examples = Object.assign(
    {},
    ...answers.map((each) => each.examples),
    ...errors.map((each) => ({ [each.code]: buildErrorExample(each) })),
    gatewaysOwn && { 'API Gateway': { message: gatewaysOwn } },
  );
  const headers = headersOf(answers, errors);
  const file = answers.find((answer) => answer.file !== undefined)?.file;
  return {
    description: describe(answers, errors),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...(names.length > 0 ? { content: buildContent(names, examples) } : {}),
    ...(file === undefined
      ? {}
      : { content: { [file]: { schema: { type: 'string', format: 'binary' } } } }),
  };
}

/** What API Gateway answers by itself where it calls no function, or where a function did not answer. */
const gatewayWords: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A body's media type with its schemas, any one of them, and its examples. */
function buildContent(
  names: readonly string[],
  examples: Readonly<Record<string, unknown>>,
  mediaType = 'application/json',
) {
  const refs = names.map((name) => ({ $ref: refTo(name) }));
  const schema = refs.length === 1 ? refs[0] : { anyOf: refs };
  const named = Object.entries(examples).map(([name, value]) => [name, { value }]);
  return { [mediaType]: { schema, examples: Object.fromEntries(named) } };
}

function headersOf(answers: readonly AnswerDoc[], errors: readonly ErrorDoc[]) {
  const retries = errors.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  const names = new Set([
    ...answers.flatMap(({ headers = [] }) => headers),
    ...(retries ? (['Retry-After'] as const) : []),
  ]);
  return [...names].map((name) => [
    name,
    { $ref: `#/components/headers/${name === 'Location' ? 'Location' : 'RetryAfter'}` },
  ]);
}

function describe(answers: readonly AnswerDoc[], errors: readonly ErrorDoc[]): string {
  return [
    ...answers.map(({ description }) => description),
    errors
      .map(({ code, when, retryAfterSeconds }) => {
        const retry = retryAfterSeconds === undefined ? '' : ` Retry-After: ${retryAfterSeconds}.`;
        return `- \`${code}\`: ${when}${retry}`;
      })
      .join('\n'),
  ]
    .filter((each) => each !== '')
    .join('\n\n');
}

/** An error's body as the API would send it. */
export function buildErrorExample({ code, message, fields, extra }: ErrorDoc): ErrorBody {
  const words = message ?? errorCodes[code].words[0];
  return {
    success: false,
    message: words,
    error: { code, message: words, ...(fields ? { fields: [...fields] } : {}) },
    ...extra,
    requestId,
  };
}
