import { byId } from './account.js';
import { showSearch, showSearching } from './search-panel.js';
import { viewAfter, viewBefore } from './search-view.js';
import { validateToken } from './validate-token.js';

/** Whose token searches, as `userId` and `token`; a new one starts from nothing. */
let searcher;
/** What the page shows: a view of search-view.d.ts, and the query that demo results are shown for. */
let shown;
let shownQuery;
/** The call under way; answers to any other come too late. */
let running;

/** The buyer who is signed in now: their token searches from here on. */
export function setSearcher(account, isSignedIn) {
  const before = viewBefore(account, isSignedIn);
  const key = JSON.stringify([before.kind, account?.userId, account?.token]);
  if (searcher?.key === key) return;
  searcher = { key, token: account?.token };
  finish();
  show(before, undefined);
}

/** Asks how many searches are left without counting one; a search under way says it anyway. */
export async function look() {
  if (running || !searcher?.token) return;
  const view = await ask({ isOnlyLook: true });
  // No buyer has asked for this look: where it fails, what is known stays.
  const isWorthShowing = view && (view.kind !== 'unavailable' || shown.kind === 'ready');
  if (isWorthShowing) show(view, shownQuery);
}

/** One search. A second click does nothing. */
export async function search(query, onSearched) {
  if (running?.isSearch || !searcher?.token) return;
  const view = await ask({ isOnlyLook: false });
  if (!view) return;
  show(view, view.kind === 'allowed' ? query : undefined);
  onSearched();
}

/** Undefined where the answer comes too late. */
async function ask({ isOnlyLook }) {
  const mine = { isSearch: !isOnlyLook };
  running = mine;
  showSearching(mine.isSearch);
  const { solutionId } = byId('search').dataset;
  const answer = await validateToken({ token: searcher.token, solutionId, isOnlyLook });
  if (running !== mine) return undefined;
  finish();
  try {
    return viewAfter(answer);
  } catch {
    // An answer in words that this page does not know.
    return viewAfter({ kind: 'unreachable' });
  }
}

function finish() {
  running = undefined;
  showSearching(false);
}

function show(view, query) {
  shown = view;
  shownQuery = query;
  showSearch(view, query);
}
