import { type ReactNode, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { PaymentView } from '../follow.ts';
import { usePayments } from './provider.tsx';
import type { ViewName, Words } from './words.ts';

const first: PaymentView = { kind: 'checking', isFollowing: true };

/** One payment, followed while the component is on the page. Undefined: there is none, and nothing is asked. */
export function usePaymentStatus(
  transactionId: string | undefined,
): PaymentView & { checkAgain(): void } {
  const { client } = usePayments();
  const follower = transactionId === undefined ? undefined : client.follow(transactionId);
  const view = useSyncExternalStore(
    useCallback((onChange) => follower?.subscribe(onChange) ?? nothing, [follower]),
    () => follower?.getSnapshot() ?? first,
    () => first,
  );
  return { ...view, checkAgain: () => follower?.checkAgain() };
}

export interface PaymentReturnProps {
  /** From `readReturn`; undefined where the address names no payment. */
  transactionId: string | undefined;
  /** Once, when what was paid for is on. */
  onGranted?: (() => void) | undefined;
  /** Ways on, below the words: "Start searching", "Try again". */
  renderActions?: ((view: PaymentView) => ReactNode) | undefined;
  className?: string | undefined;
}

/** The page that a buyer comes back to: how the payment went, in words, as long as it takes. */
export function PaymentReturn(props: PaymentReturnProps): ReactNode {
  const { transactionId, onGranted, renderActions, className } = props;
  const { words } = usePayments();
  const { checkAgain, ...view } = usePaymentStatus(transactionId);
  const isOnline = useSyncExternalStore(watchNetwork, readNetwork, () => true);
  const [title, text] = words.views[nameOf(transactionId, view, isOnline, words)];
  const isGranted = view.kind === 'granted';
  const tell = useRef(onGranted);
  useEffect(() => {
    tell.current = onGranted;
  }, [onGranted]);
  useEffect(() => {
    if (isGranted) tell.current?.();
  }, [isGranted]);
  const kind = transactionId === undefined ? 'unknown' : view.kind;
  const isWaiting = transactionId !== undefined && view.isFollowing && isOpen(view.kind);
  const mayCheck = transactionId !== undefined && !view.isFollowing && isUndecided(view.kind);
  return (
    <section
      className={className}
      data-upgrade="return"
      data-status={kind}
      data-waiting={isWaiting}
    >
      {/* One live region, on the page from the start, written only where the words change. */}
      <div role="status" data-upgrade="words">
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
      <div data-upgrade="actions">
        {renderActions?.(view)}
        {mayCheck && (
          <button type="button" onClick={checkAgain} data-upgrade="check">
            {words.checkAgain}
          </button>
        )}
      </div>
    </section>
  );
}

/** The most exact words that there are. */
function nameOf(
  transactionId: string | undefined,
  view: PaymentView,
  isOnline: boolean,
  { views }: Words,
): ViewName {
  if (transactionId === undefined) return 'none';
  if (!isOnline && isOpen(view.kind)) return 'offline';
  const { kind } = view;
  if (kind === 'granted' && view.status.status === 'FAILED') return 'granted.unpaid';
  const reason = 'status' in view ? view.status.reason : undefined;
  const exact = reason === 'IN_DOUBT' ? reason : `${kind}.${reason}`;
  if (isName(exact, views)) return exact;
  const late = `${kind}.late`;
  return !view.isFollowing && isName(late, views) ? late : kind;
}

const isName = (name: string, views: Words['views']): name is ViewName => name in views;
const isOpen = (kind: PaymentView['kind']) =>
  kind === 'checking' || kind === 'pending' || kind === 'activating' || kind === 'unavailable';
/** Asking once more may bring news: money can come after a failure. */
const isUndecided = (kind: PaymentView['kind']) => isOpen(kind) || kind === 'failed';
const nothing = () => undefined;
const readNetwork = () => navigator.onLine !== false;

function watchNetwork(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
