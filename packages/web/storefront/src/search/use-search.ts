import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../app/session.tsx';
import { type View, viewAfter, viewBefore } from './search-view.ts';
import { validateToken } from './validate-token.ts';

export interface Search {
  view: View;
  /** What is said of the searches left; an answer that is missing does not change it. */
  count: string;
  /** What examples are shown for; undefined where there are none to show. */
  query: string | undefined;
  isSearching: boolean;
  search(query: string): void;
}

/** Searches with the token of the buyer who is signed in, and looks how many searches are left. */
export function useSearch(): Search {
  const { config, account, buyer, reload } = useSession();
  const before = viewBefore(account, buyer !== undefined);
  const [shown, setShown] = useState<{ token: string; view: View; query?: string }>();
  const [isSearching, setSearching] = useState(false);
  const running = useRef<object>(undefined);
  const token = account?.token;
  const used = account?.quota.usedToday;
  const tier = account?.tier;

  const ask = useCallback(
    async (query: string | undefined) => {
      if (token === undefined) return;
      const mine = {};
      running.current = mine;
      const isOnlyLook = query === undefined;
      const call = { token, solutionId: config.solutionId, isOnlyLook };
      const view = viewAfter(await validateToken(config.apiUrl, call));
      // Another call, or another buyer, is what counts now.
      if (running.current !== mine) return;
      setSearching(false);
      // No buyer has asked for a look: where it fails, what is known stays.
      if (isOnlyLook && view.kind === 'unavailable') return;
      setShown((last) => ({
        token,
        view,
        ...(view.kind === 'allowed' && (query ?? last?.query) !== undefined
          ? { query: query ?? last?.query ?? '' }
          : {}),
      }));
      if (!isOnlyLook) reload();
    },
    [config, token, reload],
  );

  // The account says that something has changed: a search elsewhere, a new plan.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again because they change.
  useEffect(() => {
    void ask(undefined);
    return () => {
      running.current = undefined;
      setSearching(false);
    };
  }, [ask, used, tier]);

  const isOwn = shown !== undefined && shown.token === token;
  const view = isOwn ? shown.view : before;
  return {
    view,
    count: 'count' in view ? view.count : '',
    query: isOwn ? shown.query : undefined,
    isSearching,
    search: (query) => {
      if (isSearching || query === '') return;
      setSearching(true);
      void ask(query);
    },
  };
}
