import { type CallOptions, callApi, pause, readBody } from './call-api.ts';
import type { ErrorAnswer, PaymentStatus } from './wire.ts';

/** What a page knows of one payment. */
export type PaymentView = (
  | { kind: 'checking' }
  /** `activating`: paid, and on its way. `ended`: this payment gives nothing any more. */
  | { kind: 'pending' | 'activating' | 'granted' | 'failed' | 'ended'; status: PaymentStatus }
  /** No payment has this id. */
  | { kind: 'unknown' }
  /** No answer for now; what is paid is not lost. */
  | { kind: 'unavailable' }
) & {
  /** False: the page has stopped asking by itself. */
  isFollowing: boolean;
};

/** One payment, followed while a page looks at it. Fits React's `useSyncExternalStore`. */
export interface Follower {
  /** The first subscriber starts the asking, the last one to leave ends it. */
  subscribe(onChange: () => void): () => void;
  getSnapshot(): PaymentView;
  /** Asks the payment gateway again, and follows for another minute. */
  checkAgain(): void;
}

interface FollowDependencies extends CallOptions {
  apiUrl: string;
}

/** One look follows its payment this long; after that the buyer asks. */
export const FOLLOW_FOR_MS = 60_000;
/** The API may ask for longer pauses; shorter ones would only hurry it. */
const SHORTEST_PAUSE_MS = 1000;
const PAUSE_WITHOUT_ANSWER_MS = 2000;
/** The API asks the gateway meanwhile; the buyer waits no longer than this for the first status. */
const ANNOUNCE_AT_MOST_MS = 5000;

/**
 * Follows one payment: announces once that the buyer is back, so that the API asks the gateway, then asks for the status at the
 * pace that the API sets. Rests while the page is hidden, and asks at once when it is seen again or online again. Trusts nothing
 * but the id.
 */
export function createFollower(transactionId: string, deps: FollowDependencies): Follower {
  const { apiUrl } = deps;
  const id = encodeURIComponent(transactionId);
  const subscribers = new Set<() => void>();
  let view: PaymentView = { kind: 'checking', isFollowing: true };
  let isAnnounced = false;
  /** The loop that runs now; an older one finds itself ended. */
  let running: AbortController | undefined;

  const show = (next: PaymentView) => {
    if (isSame(view, next)) return;
    view = next;
    for (const tell of [...subscribers]) tell();
  };

  const announce = async (signal: AbortSignal) => {
    if (isAnnounced) return;
    isAnnounced = true;
    // Whatever it answers, the status says more.
    const call = callApi(`${apiUrl}/payments/callback`, { transactionId }, deps);
    await Promise.race([call, pause(ANNOUNCE_AT_MOST_MS, signal)]);
  };

  const run = async () => {
    running?.abort();
    const own = new AbortController();
    running = own;
    const { signal } = own;
    if (!view.isFollowing) show({ ...view, isFollowing: true });
    await announce(signal);
    const startedAt = performance.now();
    while (!signal.aborted) {
      const answer = await callApi(`${apiUrl}/payments/status/${id}`, undefined, {
        ...deps,
        signal,
      });
      if (signal.aborted) return;
      const seen = readAnswer(answer, view);
      // What was on goes off by a refund or by its end only.
      if (view.kind === 'granted' && seen.view.kind !== 'ended') seen.view = view;
      const pauseMs = Math.max(seen.retryAfterMs, SHORTEST_PAUSE_MS);
      const isOver =
        seen.retryAfterMs === 0 || performance.now() + pauseMs - startedAt > FOLLOW_FOR_MS;
      show({ ...seen.view, isFollowing: !isOver });
      if (isOver) break;
      await pause(pauseMs, signal);
    }
    if (running === own) running = undefined;
  };

  /** A page that is looked at again, or online again: what was heard last may be old. */
  const wake = (event: Event) => {
    // The first `pageshow` is the page's own start; a later one comes out of the back-forward cache, frozen in the middle of a call.
    if (event.type === 'pageshow' && !('persisted' in event && event.persisted)) return;
    if (isHidden()) {
      running?.abort();
      running = undefined;
    } else if (view.kind !== 'granted' && view.kind !== 'unknown') {
      void run();
    }
  };

  return {
    subscribe: (onChange) => {
      subscribers.add(onChange);
      if (subscribers.size === 1) {
        listen('addEventListener', wake);
        if (!isHidden() && view.isFollowing) void run();
      }
      return () => {
        subscribers.delete(onChange);
        if (subscribers.size > 0) return;
        listen('removeEventListener', wake);
        running?.abort();
        running = undefined;
      };
    },
    getSnapshot: () => view,
    checkAgain: () => {
      isAnnounced = false;
      void run();
    },
  };
}

const WITHOUT_ANSWER = { retryAfterMs: PAUSE_WITHOUT_ANSWER_MS };
type Seen = { view: DistributiveOmit<PaymentView, 'isFollowing'>; retryAfterMs: number };
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function readAnswer(answer: Awaited<ReturnType<typeof callApi>>, before: PaymentView): Seen {
  if (answer.kind === 'answered') {
    const { status, body, retryAfterMs } = answer;
    const payment = readBody<PaymentStatus>(body);
    if (status === 200 && isStatus(payment)) {
      return { view: viewOf(payment), retryAfterMs: payment.retryAfterMs };
    }
    // Of an address that is no payment's; API Gateway's own 404 has no code, and says nothing of the payment.
    const { code } = readBody<ErrorAnswer>(body).error ?? {};
    if (code === 'ORDER_NOT_FOUND' || code === 'INVALID_REQUEST') {
      return { view: { kind: 'unknown' }, retryAfterMs: 0 };
    }
    if (retryAfterMs) return { view: withoutAnswer(before), retryAfterMs };
  }
  return { view: withoutAnswer(before), ...WITHOUT_ANSWER };
}

/** What is known stays: an answer that is missing takes nothing back. */
function withoutAnswer(before: PaymentView): Seen['view'] {
  return before.kind === 'activating' || before.kind === 'granted'
    ? before
    : { kind: 'unavailable' };
}

/** `access` is believed, not `status`: money may come after a failure. */
function viewOf(status: PaymentStatus): Seen['view'] {
  if (status.access === 'GRANTED') return { kind: 'granted', status };
  if (status.access === 'ENDED') return { kind: 'ended', status };
  if (status.status === 'FAILED') return { kind: 'failed', status };
  return { kind: status.status === 'COMPLETED' ? 'activating' : 'pending', status };
}

function isStatus(body: Partial<PaymentStatus>): body is PaymentStatus {
  return Boolean(body.status && body.access) && typeof body.retryAfterMs === 'number';
}

function isSame(one: PaymentView, other: PaymentView): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const isHidden = () => typeof document !== 'undefined' && document.visibilityState === 'hidden';

function listen(
  how: 'addEventListener' | 'removeEventListener',
  wake: (event: Event) => void,
): void {
  if (typeof window === 'undefined') return;
  document[how]('visibilitychange', wake);
  window[how]('online', wake);
  window[how]('pageshow', wake);
}
