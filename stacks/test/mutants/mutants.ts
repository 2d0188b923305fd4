import { accessMutants } from './access.ts';
import { apiMutants } from './api.ts';
import type { Mutants } from './damage.ts';
import { dataMutants } from './data.ts';
import { deliveryMutants } from './delivery.ts';
import { functionMutants } from './functions.ts';
import { monitoringMutants } from './monitoring.ts';
import { consoleMutants, siteMutants } from './sites.ts';

/** Mistakes in a deployed stage, by the promise that they break. */
export const mutants: Mutants = {
  ...deliveryMutants,
  ...apiMutants,
  ...functionMutants,
  ...accessMutants,
  ...dataMutants,
  ...monitoringMutants,
  ...siteMutants,
  ...consoleMutants,
};
