import { buildCatalogue, type Catalogue, planIds } from '@cloudnestle/payments/catalogue';
import * as z from 'zod';
import { jsonVariable } from './config.ts';

/** The variables of a function that offers plans to buyers. */
export const shopEnvironmentShape = {
  SOLUTION_ID: z.string().min(1),
  /** Ids of the plans that this stage sells, a JSON list. */
  PLANS_ON_SALE: jsonVariable(z.array(z.enum(planIds))),
};

/** The catalogue as this stage sells it. */
export function readShopCatalogue(config: {
  SOLUTION_ID: string;
  PLANS_ON_SALE: readonly string[];
}): Catalogue {
  return buildCatalogue({ solutionId: config.SOLUTION_ID, onSale: config.PLANS_ON_SALE });
}
