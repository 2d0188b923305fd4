import { useEffect } from 'react';

/** Where `g` and a letter lead. */
export const places: Readonly<Record<string, { to: string; name: string }>> = {
  n: { to: '/', name: 'Now' },
  o: { to: '/orders', name: 'Orders' },
  d: { to: '/dead-letters', name: 'Dead letters' },
  a: { to: '/attention', name: 'Attention' },
  c: { to: '/reconciliation', name: 'Reconciliation' },
  f: { to: '/refunds', name: 'Refunds' },
  r: { to: '/revenue', name: 'Revenue' },
  h: { to: '/health', name: 'Health' },
  l: { to: '/actions', name: 'Actions' },
};

interface Keys {
  goTo(path: string): void;
  search(): void;
  help(): void;
}

/** A `g` waits so long for its letter. */
const CHORD_MS = 1200;

/**
 * The keyboard: `/` and ⌘K search, `g` and a letter go, `j` and `k` walk rows, `c` copies the id, `?` helps. No key changes anything, and
 * none is taken from a field or an open dialog.
 */
export function useKeys({ goTo, search, help }: Keys): void {
  useEffect(() => {
    let goUntilMs = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        search();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target)) return;
      const place = event.timeStamp < goUntilMs ? places[event.key] : undefined;
      goUntilMs = event.key === 'g' ? event.timeStamp + CHORD_MS : 0;
      if (place) goTo(place.to);
      else if (event.key === '/') search();
      else if (event.key === '?') help();
      else if (event.key === 'j') moveRow(1);
      else if (event.key === 'k') moveRow(-1);
      else if (event.key === 'c') copyId();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [goTo, search, help]);
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], dialog') !== null
  );
}

/** A row's own link; Enter on it is the browser's. */
const ROW = '[data-row-link]';

function moveRow(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>(ROW)];
  const row = document.activeElement?.closest('[data-row]');
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** The id of the row that has the focus, else that of the page. */
function copyId(): void {
  const row = document.activeElement?.closest('[data-copy]');
  const text = (row ?? document.querySelector('[data-copy]'))?.getAttribute('data-copy');
  if (text) void navigator.clipboard?.writeText(text);
}
