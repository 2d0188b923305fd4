import { monitoringMutants } from '../monitoring/mutants.ts';
import { accessMutants } from './mutants/access.ts';
import { apiMutants } from './mutants/api.ts';
import { dataMutants } from './mutants/data.ts';
import { deliveryMutants } from './mutants/delivery.ts';
import { functionMutants } from './mutants/functions.ts';
import type { Mutants } from './support/damage.ts';

/** Mistakes in a deployed stage, by the promise that they break. */
export const mutants: Mutants = {
  ...deliveryMutants,
  ...apiMutants,
  ...functionMutants,
  ...accessMutants,
  ...dataMutants,
  ...monitoringMutants,
};
