import type { Frontend } from '@cloudnestle/contracts/frontend';
import { upgradeRequestSchema } from '@cloudnestle/contracts/http/upgrade';
import type { Plan } from '@cloudnestle/contracts/plan';
import { type Catalogue, findOneTimePlan } from '@cloudnestle/payments/catalogue';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import { parseBody } from '@cloudnestle/runtime/http/handler';
import * as z from 'zod';

/** What the caller asks to buy, every field checked. Whether the user may buy it is decided later. */
export interface Purchase {
  userId: string;
  /** As given, trimmed, until the user is known; from then on as the user's row spells it. */
  userEmail: string;
  plan: Plan;
  frontend: Frontend;
}

export interface Shop {
  catalogue: Catalogue;
  /** The first one is meant where the request names none. */
  frontends: readonly Frontend[];
}

const requestSchema = upgradeRequestSchema.extend({
  userEmail: z.string().trim().pipe(upgradeRequestSchema.shape.userEmail),
});

/** Reads the upgrade call's body. Throws a 400 that names every field at fault. */
export function readPurchase(body: unknown, { catalogue, frontends }: Shop): Purchase {
  const { userId, userEmail, tier, source } = parseBody(requestSchema, body);
  const plan = findOneTimePlan(catalogue, tier);
  const frontend =
    source === undefined ? frontends[0] : frontends.find((known) => known.id === source);
  if (plan && frontend) return { userId, userEmail, plan, frontend };
  throw invalidRequest([
    ...(plan ? [] : [{ field: 'tier', message: 'must be a tier that is on sale' }]),
    ...(frontend ? [] : [{ field: 'source', message: 'must be a known frontend' }]),
  ]);
}
