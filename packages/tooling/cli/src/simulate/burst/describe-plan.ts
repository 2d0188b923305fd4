import { fateNames, fates } from './fates.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** `21 paid, 3 declined`. */
export function describePlan(planned: readonly PlannedPayment[]): string {
  return fateNames
    .map((name) => ({ name, count: planned.filter(({ fate }) => fate === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${fates[name].words}`)
    .join(', ');
}
