import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import type { Check, Finding } from './check.ts';
import { explainFailure } from './explain-failure.ts';

const CONCURRENCY = 8;

/** Looks at everything, a few at a time. What fails is a finding like any other and stops nothing. */
export function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  return mapConcurrently(checks, CONCURRENCY, runCheck);
}

/** Looks at one thing. */
export async function runCheck({ check, subject, asks, look }: Check): Promise<Finding> {
  const verdict = await Promise.try(look).catch((error: unknown) => explainFailure(error, asks));
  return { check, subject, ...verdict };
}
