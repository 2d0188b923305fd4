import {
  type AdminRouteKey,
  adminRouteKeys,
  adminRoutes,
} from '@cloudnestle/contracts/admin/routes';
import type { ErrorDoc, OperationDoc, ParameterDoc } from '../operation.ts';
import { deskRoutes } from './admin/desk-routes.ts';
import { orderRoutes } from './admin/order-routes.ts';
import type { AdminDoc } from './admin/parts.ts';

const docs: Readonly<Record<AdminRouteKey, AdminDoc>> = { ...orderRoutes, ...deskRoutes };

const unauthenticated: ErrorDoc = {
  status: 401,
  code: 'UNAUTHENTICATED',
  when: 'No token, or one that was made for something else.',
  message: 'Please sign in.',
};

function forbidden(key: AdminRouteKey): ErrorDoc {
  return adminRoutes[key].role === 'look'
    ? {
        status: 403,
        code: 'FORBIDDEN',
        when: 'The caller is in none of the groups of operators.',
        message: 'This is for operators.',
      }
    : {
        status: 403,
        code: 'FORBIDDEN',
        when: 'The caller is in no group that repairs.',
        message: 'You may look, and not change anything.',
      };
}

const invalid: ErrorDoc = {
  status: 400,
  code: 'INVALID_REQUEST',
  when: 'A field is missing or wrong; on production also the stage’s name, where something is changed.',
  message: 'Please check your request: reason is missing',
  fields: [{ field: 'reason', message: 'is missing' }],
};

/** The operators' API, route by route. */
export const adminOperations: readonly OperationDoc[] = adminRouteKeys.map((key) => {
  const { summary, description, query: asked = [], body, answers, errors = [] } = docs[key];
  const { method, path } = adminRoutes[key];
  const parameters: ParameterDoc[] = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(
      ([, name = '']): ParameterDoc => ({
        name,
        in: 'path',
        schema: name === 'transactionId' ? 'TransactionId' : 'text',
        required: true,
      }),
    ),
    ...asked,
  ];
  const hasInput = body !== undefined || asked.length > 0;
  return {
    route: `${method} ${path}`,
    operationId: `admin${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    tag: 'Operators',
    summary,
    description,
    parameters,
    ...(body
      ? {
          body: {
            required: true,
            examples: Object.fromEntries(
              Object.entries(body.examples).map(([words, value]) => [
                words,
                { schema: body.schema, value },
              ]),
            ),
          },
        }
      : {}),
    answers,
    errors: [...(hasInput ? [invalid] : []), unauthenticated, forbidden(key), ...errors],
  };
});
