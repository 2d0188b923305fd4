import type { Billing } from '@cloudnestle/contracts/billing';
import type { Frontend } from '@cloudnestle/contracts/frontend';
import { upgradeRequestSchema } from '@cloudnestle/contracts/http/upgrade';
import type { Plan } from '@cloudnestle/contracts/plan';
import { type Catalogue, type ChosenPlan, choosePlan } from '@cloudnestle/payments/catalogue';
import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import { parseBody } from '@cloudnestle/runtime/http/handler';
import * as z from 'zod';

/** What the caller asks to buy, every field checked. Whether the user may buy it is decided later. */
export interface Purchase {
  userId: string;
  /** As given, trimmed, until the user is known; from then on as the user's row spells it. */
  userEmail: string;
  plan: Plan;
  frontend: Frontend;
  /** Whom the invoice is made out to, where the buyer said it. */
  billing?: Billing | undefined;
}

export interface Shop {
  catalogue: Catalogue;
  /** The first one is meant where the request names none. */
  frontends: readonly Frontend[];
}

const requestSchema = upgradeRequestSchema.extend({
  userEmail: z.string().trim().pipe(upgradeRequestSchema.shape.userEmail),
});

/**
 * Reads the upgrade call's body. Throws a 400 that names every field at fault, and a 409 where the tier has no plan on
 * sale on this stage.
 */
export function readPurchase(body: unknown, { catalogue, frontends }: Shop): Purchase {
  const { userId, userEmail, tier, planId, source, billing } = parseBody(requestSchema, body);
  const chosen = choosePlan(catalogue, { tier, planId });
  const frontend =
    source === undefined ? frontends[0] : frontends.find((known) => known.id === source);
  const fault = chosen.kind === 'plan' ? undefined : describeFault(chosen);
  const faults = [
    ...(fault ? [fault] : []),
    ...(frontend ? [] : [{ field: 'source', message: 'must be a known frontend' }]),
  ];
  if (faults.length > 0) throw invalidRequest(faults);
  if (chosen.kind === 'plan' && frontend) {
    return { userId, userEmail, plan: chosen.plan, frontend, billing };
  }
  throw new HttpError(409, 'NOT_ON_SALE', 'There is no plan on sale for this tier right now.');
}

/** Undefined where the request is well made, and the stage sells no such thing. */
function describeFault(
  chosen: Exclude<ChosenPlan, { kind: 'plan' }>,
): { field: string; message: string } | undefined {
  switch (chosen.kind) {
    case 'unknownTier':
      return { field: 'tier', message: 'must be a tier that is on sale' };
    case 'planNotOnSale':
      return { field: 'planId', message: 'must be a plan of this tier that is on sale' };
    case 'severalPlans':
      return { field: 'planId', message: `must be one of ${chosen.planIds.join(', ')}` };
    case 'tierNotOnSale':
      return undefined;
  }
}
