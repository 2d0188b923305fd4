import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface Live {
  isPaused: boolean;
  setPaused(isPaused: boolean): void;
}

const LiveContext = createContext<Live>({ isPaused: false, setPaused: () => undefined });

/** Whether screens ask again by themselves: the operator can stop that at any time (WCAG 2.2.2). */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const [isPaused, setPaused] = useState(false);
  const live = useMemo(() => ({ isPaused, setPaused }), [isPaused]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  return useContext(LiveContext);
}

/** For a query: asks again after so long, but never while paused, hidden, or while text is being selected. */
export function useInterval(ms: number | (() => number | false)): () => number | false {
  const { isPaused } = useLive();
  return () => {
    if (isPaused) return false;
    const every = typeof ms === 'number' ? ms : ms();
    // Looked at again soon: the selection may be over.
    return every !== false && isSelecting() ? Math.max(every, 2000) : every;
  };
}

/** The operator marks text: what is under it must not change. */
export function isSelecting(): boolean {
  const selection = window.getSelection();
  return selection !== null && selection.type === 'Range' && String(selection).length > 0;
}
