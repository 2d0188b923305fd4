/** Runs work as soon as less than `most` is under way; what waits goes in the order it came. */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes later takes it in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
