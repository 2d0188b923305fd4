/** Which button has started, for all of one page: while one is at work, the others wait. */
export interface Lock {
  /** False where another holds it, or this one already does. */
  take(holder: object): boolean;
  release(holder: object): void;
  isHeld(): boolean;
  subscribe(onChange: () => void): () => void;
}

export function createLock(): Lock {
  let held: object | undefined;
  const subscribers = new Set<() => void>();
  const set = (holder: object | undefined) => {
    held = holder;
    for (const tell of [...subscribers]) tell();
  };
  return {
    take: (holder) => {
      if (held) return false;
      set(holder);
      return true;
    },
    release: (holder) => {
      if (held === holder) set(undefined);
    },
    isHeld: () => held !== undefined,
    subscribe: (onChange) => {
      subscribers.add(onChange);
      return () => void subscribers.delete(onChange);
    },
  };
}
