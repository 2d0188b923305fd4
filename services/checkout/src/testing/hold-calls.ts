import type { TestCloud } from '@cloudnestle/test-kit/cloud';

interface Call {
  operation: string;
  body: unknown;
}

export interface HeldCall {
  /** Resolves once the call has come. */
  reached: Promise<void>;
  /** Lets it be performed, and every repeat of it. */
  release(): void;
}

/**
 * Keeps calls from being performed until they are released: for each description the first call of that operation whose
 * request contains `text`, and with it the SDK's repeats, which are the same to the letter. All others pass.
 */
export function holdCalls(
  { cloud }: TestCloud,
  ...wanted: { operation: string; text: string }[]
): HeldCall[] {
  const holds = wanted.map(createHold);
  cloud.intercept(async (call) => {
    for (const { keepBack } of holds) await keepBack(call);
    return undefined;
  });
  return holds;
}

function createHold({ operation, text }: { operation: string; text: string }) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let kept: string | undefined;
  return {
    reached: reached.promise,
    release: () => released.resolve(),
    keepBack: async (call: Call): Promise<void> => {
      const request = JSON.stringify(call.body);
      if (call.operation !== operation || !request.includes(text)) return;
      kept ??= request;
      if (request !== kept) return;
      reached.resolve();
      await released.promise;
    },
  };
}
