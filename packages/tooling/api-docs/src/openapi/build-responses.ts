import { refTo } from '../to-json-schemas.ts';
import { buildErrorExample } from './build-error-example.ts';
import { errorsOf } from './every-call.ts';
import type { AnswerDoc, ErrorDoc, OperationDoc } from './operation.ts';
import type { AnswerName } from './schemas.ts';

/** The `responses` of one call: what it answers by status, errors included. */
export function buildResponses(operation: OperationDoc, gateway: { hasAuthorizer: boolean }) {
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
  return {
    description: describe(answers, errors),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...(names.length > 0 ? { content: buildContent(names, examples) } : {}),
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
export function buildContent(
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
