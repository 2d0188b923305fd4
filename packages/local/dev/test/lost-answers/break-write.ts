import type { TestCloud } from '@cloudnestle/test-kit/cloud';

/** How the rest of a delivery fares after the write whose answer is lost. */
export const endings = {
  'and so are those of the SDK’s repeats': 'goesOn',
  'and the function dies there': 'dies',
} as const;
export type Ending = (typeof endings)[keyof typeof endings];

/** Counts the conditional writes of what runs meanwhile. */
export async function countWrites(
  { cloud }: TestCloud,
  work: () => Promise<unknown>,
): Promise<number> {
  let writes = 0;
  cloud.intercept((call) => {
    if (isConditionalWrite(call)) writes += 1;
    return undefined;
  });
  try {
    await work();
  } finally {
    cloud.intercept(undefined);
  }
  return writes;
}

/**
 * Lets the nth conditional write take effect and cuts its answer, and those of its repeats. A function that `dies` reaches
 * nothing at all from then on. Answers whether there was such a write.
 */
export async function loseAnswer(
  { cloud }: TestCloud,
  { nth, ending }: { nth: number; ending: Ending },
  work: () => Promise<unknown>,
): Promise<boolean> {
  let writes = 0;
  let lost: string | undefined;
  cloud.intercept((call) => {
    const cutAfter = { when: 'after', reset: true } as const;
    if (lost !== undefined) {
      if (ending === 'dies') return { when: 'before', reset: true };
      return JSON.stringify(call.body) === lost ? cutAfter : undefined;
    }
    if (!isConditionalWrite(call)) return undefined;
    writes += 1;
    if (writes < nth) return undefined;
    lost = JSON.stringify(call.body);
    return cutAfter;
  });
  try {
    await work();
  } finally {
    cloud.intercept(undefined);
  }
  return lost !== undefined;
}

function isConditionalWrite({ operation, body }: { operation: string; body: unknown }): boolean {
  const isWrite = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
  return isWrite && JSON.stringify(body).includes('"ConditionExpression"');
}
