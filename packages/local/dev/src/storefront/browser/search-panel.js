import { byId } from './account.js';

/** Shows a view of search-view.d.ts; with a query, the demo's results for it as well. */
export function showSearch(view, query) {
  byId('search').dataset.kind = view.kind;
  byId('search-fields').disabled = !mayTry(view);
  if (view.count !== undefined) write('search-count', view.count);
  const isPrompt = view.kind === 'exhausted';
  byId('search-prompt').hidden = !isPrompt;
  byId('search-notice').className = `notice ${view.kind === 'refused' ? 'bad' : 'plain'}`;
  write('search-notice', isPrompt ? '' : (view.words ?? ''));
  if (isPrompt) showPrompt(view);
  byId('search-results').hidden = query === undefined;
  if (query !== undefined) write('results-title', `Demo results for “${query}”`);
  const isEmpty = !isPrompt && view.words === undefined && query === undefined;
  byId('search-hint').hidden = !isEmpty;
}

/** Off only where there is nothing to search with: a switched-off field loses the focus. */
function mayTry({ kind }) {
  return !['signedOut', 'waiting', 'noToken'].includes(kind);
}

export function showSearching(isSearching) {
  const button = byId('search-button');
  button.classList.toggle('busy', isSearching);
  button.setAttribute('aria-busy', String(isSearching));
}

function showPrompt({ words, resets, offer }) {
  write('prompt-words', words);
  write('prompt-resets', resets);
  write('prompt-offer', offer?.words ?? '');
  byId('prompt-upgrade').hidden = !offer;
  if (!offer) return;
  write('prompt-upgrade', offer.label);
  // The button sells what its words say.
  Object.assign(byId('prompt-upgrade').dataset, { tier: offer.tier, planId: offer.planId });
}

/** Written only when it changes: screen readers announce every write. */
function write(id, words) {
  if (byId(id).textContent !== words) byId(id).textContent = words;
}
