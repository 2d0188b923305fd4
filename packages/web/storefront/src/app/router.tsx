import {
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
  useSyncExternalStore,
} from 'react';

const CHANGED = 'storefront:navigated';

/** The address now, path and query. */
export function useAddress(): URL {
  const href = useSyncExternalStore(
    (onChange) => {
      window.addEventListener('popstate', onChange);
      window.addEventListener(CHANGED, onChange);
      return () => {
        window.removeEventListener('popstate', onChange);
        window.removeEventListener(CHANGED, onChange);
      };
    },
    () => window.location.href,
  );
  return new URL(href);
}

/** Goes to a page of this shop without loading it anew; reading starts at its top. */
export function goTo(path: string): void {
  window.history.pushState(null, '', path);
  window.dispatchEvent(new Event(CHANGED));
  window.scrollTo(0, 0);
  // As after a real page load: a screen reader begins with the page, not with what was clicked.
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** A link within the shop. A click with a modifier is the browser's. */
export function Link(
  props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; children: ReactNode },
): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goTo(props.href);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: an anchor with an address is a link.
    // biome-ignore lint/a11y/useKeyWithClickEvents: on a link Enter is a click.
    // biome-ignore lint/a11y/useValidAnchor: it leads to its address, and only does not load it anew.
    <a {...props} onClick={follow} />
  );
}
