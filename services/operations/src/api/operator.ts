import {
  type AdminRouteKey,
  adminRoutes,
  type OperatorRole,
} from '@cloudnestle/contracts/admin/routes';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { authorise } from '@cloudnestle/runtime/http/authorise';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { HttpRequest } from '@cloudnestle/runtime/http/handler';
import * as z from 'zod';

/** Who calls, and what their groups allow. */
export interface Operator {
  /** As the user pool names them: for the action log and for other operators, never for a log line. */
  name: string;
  /** The subject of their token. */
  subject: string;
  role: OperatorRole;
}

/** Which groups make an operator, as the environment says it. */
export const operatorsEnvironmentShape = {
  ADMIN_CLIENT_IDS: jsonVariable(z.array(z.string().min(1)).min(1)),
  LOOK_GROUPS: jsonVariable(z.array(z.string().min(1)).min(1)),
  REPAIR_GROUPS: jsonVariable(z.array(z.string().min(1)).min(1)),
  ADMIN_TOKEN_USE: z.enum(['id', 'access']),
};
export type OperatorGroups = z.infer<z.ZodObject<typeof operatorsEnvironmentShape>>;

/** The operator behind a call of that route. Throws 401 without a token that was made for this, 403 where its groups do not allow it. */
export function requireOperator(
  { claims }: Pick<HttpRequest, 'claims'>,
  key: AdminRouteKey,
  groups: OperatorGroups,
): Operator {
  const { clientIds, tokenUse } = {
    clientIds: groups.ADMIN_CLIENT_IDS,
    tokenUse: groups.ADMIN_TOKEN_USE,
  };
  const mayRepair = authorise(claims, { clientIds, tokenUse, groups: groups.REPAIR_GROUPS });
  if (mayRepair.kind === 'allowed') return toOperator(claims, mayRepair.subject, 'repair');
  const mayLook = authorise(claims, { clientIds, tokenUse, groups: groups.LOOK_GROUPS });
  if (mayLook.kind === 'unauthenticated') {
    const { reason } = mayLook;
    throw new HttpError(401, 'UNAUTHENTICATED', 'Please sign in.', { reason });
  }
  const summary = { actor: mayLook.subject };
  if (mayLook.kind === 'forbidden') {
    throw new HttpError(403, 'FORBIDDEN', 'This is for operators.', { summary });
  }
  if (adminRoutes[key].role !== 'look') {
    throw new HttpError(403, 'FORBIDDEN', 'You may look, and not change anything.', { summary });
  }
  return toOperator(claims, mayLook.subject, 'look');
}

function toOperator(claims: HttpRequest['claims'], subject: string, role: OperatorRole): Operator {
  const { email, 'cognito:username': username } = claims ?? {};
  const name = [email, username].find((each) => typeof each === 'string' && each !== '');
  return { name: typeof name === 'string' ? name : subject, subject, role };
}
