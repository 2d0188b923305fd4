/** What went wrong anywhere in an evaluation; Pulumi drops much of it on its own. */
export interface Failures {
  add(failure: unknown): void;
  isEmpty(): boolean;
  toText(): string;
}

/** Collects from now on, errors that nobody caught included. */
export function collectFailures(): Failures {
  const texts = new Set<string>();
  const add = (failure: unknown) => {
    texts.add(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
  };
  process.on('uncaughtException', add);
  process.on('unhandledRejection', add);
  return { add, isEmpty: () => texts.size === 0, toText: () => [...texts].join('\n\n') };
}
