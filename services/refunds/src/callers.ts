import { jsonVariable } from '@cloudnestle/runtime/config';
import { type Callers, requireCaller } from '@cloudnestle/runtime/http/authorise';
import type { HttpRequest } from '@cloudnestle/runtime/http/handler';
import * as z from 'zod';

/** Whose tokens the refund routes take, as the environment says it. */
export const callersEnvironmentShape = {
  ADMIN_CLIENT_IDS: jsonVariable(z.array(z.string().min(1)).min(1)),
  REPAIR_GROUPS: jsonVariable(z.array(z.string().min(1)).min(1)),
  ADMIN_TOKEN_USE: z.enum(['id', 'access']),
};

export function readCallers(config: z.infer<z.ZodObject<typeof callersEnvironmentShape>>): Callers {
  return {
    clientIds: config.ADMIN_CLIENT_IDS,
    groups: config.REPAIR_GROUPS,
    tokenUse: config.ADMIN_TOKEN_USE,
  };
}

/** The id of an admin, or of an operator who may repair. Throws 401 and 403 for every other caller. */
export function requireRepairer(request: HttpRequest, callers: Callers): string {
  return requireCaller(request, callers, {
    forbidden: 'This is for administrators and operators who repair.',
  });
}
