import { useSyncExternalStore } from 'react';

const query = '(width < 760px)';

/** The window is too narrow for the picture: the same is a table then. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => window.matchMedia(query).matches,
  );
}
