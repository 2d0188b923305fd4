import {
  type AdminRouteKey,
  adminRouteKeys,
  adminRoutes,
} from '@cloudnestle/contracts/admin/routes';
import { OperatorError } from '@cloudnestle/operations/operator-error';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { Endpoint, HttpRequest } from '@cloudnestle/runtime/http/handler';
import type { Desk } from '../desk/connect-desk.ts';
import { answers } from './answers.ts';
import { refused } from './call.ts';
import { type OperatorGroups, requireOperator } from './operator.ts';

/**
 * The operators' API: one function behind one table of routes. Who may call a route is decided here, for every one of them,
 * before anything is read.
 */
export function buildOperateEndpoint(deps: {
  groups: OperatorGroups;
  connect(): Promise<Desk>;
}): Endpoint {
  return {
    unit: 'operate',
    reads: 'raw',
    handle: async (request) => {
      const key = findKey(request);
      const operator = requireOperator(request, key, deps.groups);
      try {
        const desk = await deps.connect();
        return await answers[key]({ key, request, operator, desk });
      } catch (error) {
        throw explain(error, operator.subject);
      }
    },
  };
}

function findKey({ method, route }: HttpRequest): AdminRouteKey {
  const found = adminRouteKeys.find(
    (key) => adminRoutes[key].path === route && adminRoutes[key].method === method,
  );
  if (!found) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
  return found;
}

/** What an operator asked for and cannot have is no bug; what is stored and does not fit is said in words. */
function explain(error: unknown, actor: string): unknown {
  if (error instanceof HttpError) {
    const { statusCode, code, message, reason, retryAfterSeconds, extra } = error;
    return new HttpError(statusCode, code, message, {
      ...(reason === undefined ? {} : { reason }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      extra,
      summary: { actor, ...error.summary },
    });
  }
  if (error instanceof OperatorError) return refused(error.message);
  if (error instanceof PermanentError) return refused(`It cannot be read: ${error.message}.`);
  return error;
}
