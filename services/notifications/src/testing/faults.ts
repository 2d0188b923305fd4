import type { TestCloud } from '@cloudnestle/test-kit/cloud';

type Intercept = Exclude<Parameters<TestCloud['cloud']['intercept']>[0], undefined>;
export type Fault = Exclude<Awaited<ReturnType<Intercept>>, undefined>;

/** What may befall one call. */
export const faults = {
  refusedBefore: { when: 'before', status: 500, errorType: 'InternalServerError' },
  answerIsAnError: { when: 'after', status: 500, errorType: 'InternalServerError' },
  cutBefore: { when: 'before', reset: true },
  cutAfter: { when: 'after', reset: true },
} as const satisfies Record<string, Fault>;

/** Strikes the calls of a service numbered `from` (1 is the first one from now on) to `from + times - 1`. */
export function strike(
  cloud: TestCloud['cloud'],
  service: 'dynamodb' | 'ses',
  fault: Fault,
  { from = 1, times = 1 }: { from?: number; times?: number } = {},
): { struck(): number } {
  let seen = 0;
  let struck = 0;
  cloud.intercept((call) => {
    if (call.service !== service) return undefined;
    seen += 1;
    if (seen < from || seen >= from + times) return undefined;
    struck += 1;
    return fault;
  });
  return { struck: () => struck };
}
