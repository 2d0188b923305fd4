import type { Route, Throttle } from '@cloudnestle/topology/types';
import { refTo } from '../to-json-schemas.ts';
import { buildContent, buildResponses } from './build-responses.ts';
import type { BodyDoc, OperationDoc, ParameterDoc } from './operation.ts';

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
