/** How many of one function may run at once, as a reservation on Lambda has it. */
export interface Ceiling {
  /** Takes a place and answers how to leave it, once; undefined where none is free: nobody waits for one. */
  enter(): (() => void) | undefined;
}

/** `most` undefined: as many as come. */
export function createCeiling(most = Number.POSITIVE_INFINITY): Ceiling {
  let running = 0;
  return {
    enter: () => {
      if (running >= most) return undefined;
      running += 1;
      return () => {
        running -= 1;
      };
    },
  };
}
