import type { TestCloud } from '@cloudnestle/test-kit/cloud';

type Intercept = NonNullable<Parameters<TestCloud['cloud']['intercept']>[0]>;
export type CloudFault = Awaited<ReturnType<Intercept>>;

/** Puts a fault on the calls of one operation on one table, bus or secret; answers how many it met. */
export function failCalls(
  { cloud }: TestCloud,
  { operation, target }: { operation: string; target: string },
  fault: CloudFault,
  { times = Number.POSITIVE_INFINITY } = {},
): () => number {
  let met = 0;
  cloud.intercept((call) => {
    const fits = call.operation === operation && JSON.stringify(call.body).includes(`"${target}"`);
    if (!fits || met >= times) return undefined;
    met += 1;
    return fault;
  });
  return () => met;
}

/** Puts a fault on the nth call from now, whatever it is; answers whether there was one. */
export function failNthCall({ cloud }: TestCloud, nth: number, fault: CloudFault): () => boolean {
  let seen = 0;
  cloud.intercept(() => {
    seen += 1;
    return seen === nth ? fault : undefined;
  });
  return () => seen >= nth;
}
