import {
  type ButtonHTMLAttributes,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Buyer, Purchase, UpgradeOutcome } from '../upgrade.ts';
import { usePayments } from './provider.tsx';

export type UpgradeState =
  | { status: 'idle' | 'starting' | 'leaving' }
  | { status: 'waiting'; retryAt: Date }
  | { status: 'stopped'; outcome: Exclude<UpgradeOutcome, { kind: 'redirect' }> };

export interface UseUpgradeOptions extends Purchase {
  /** Every outcome, before the page is left. */
  onOutcome?: ((outcome: UpgradeOutcome) => void) | undefined;
}

type ButtonProps = Pick<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'type' | 'onClick' | 'aria-disabled' | 'aria-busy' | 'aria-describedby'
> & { 'data-status': UpgradeState['status'] };

export type Upgrade = UpgradeState & {
  /** One click; does nothing without a buyer, and while another click is under way anywhere on the page. */
  start(): void;
  /** Ends what is under way and forgets its outcome. */
  reset(): void;
  getButtonProps(): ButtonProps;
  /** For the element that says what becomes of it. Keep that element on the page, empty or not. */
  getStatusProps(): { id: string; role: 'status' };
};

/** A browser that is still here after this long did not leave: the button comes back, and gives the same page again. */
const LEAVE_WITHIN_MS = 20_000;
const idle: UpgradeState = { status: 'idle' };

/** The upgrade of one buyer as a hook: brings no markup, only its props. Pays at a click and never by an effect. */
export function useUpgrade(buyer: Buyer | undefined, options: UseUpgradeOptions = {}): Upgrade {
  const { client, lock, navigate } = usePayments();
  const [state, setState] = useState(idle);
  const statusId = useId();
  const holder = useRef<{ ended: AbortController } | undefined>(undefined);
  const isHeld = useSyncExternalStore(lock.subscribe, lock.isHeld, () => false);

  const reset = useCallback(() => {
    holder.current?.ended.abort();
    if (holder.current) lock.release(holder.current);
    holder.current = undefined;
    setState(idle);
  }, [lock]);

  const start = async () => {
    const own = { ended: new AbortController() };
    if (!buyer || !lock.take(own)) return;
    holder.current = own;
    setState({ status: 'starting' });
    const { tier, planId, billing, onOutcome } = options;
    const { signal } = own.ended;
    const onWait = (retryAt: Date) => setState({ status: 'waiting', retryAt });
    const outcome = await client.upgrade(buyer, { tier, planId, billing, signal, onWait });
    if (holder.current !== own) return;
    if (outcome.kind === 'redirect') {
      // The button stays off until the browser has left; what brings the page back switches it on.
      setState({ status: 'leaving' });
      onOutcome?.(outcome);
      navigate(outcome.redirectUrl);
      return;
    }
    lock.release(own);
    holder.current = undefined;
    setState({ status: 'stopped', outcome });
    onOutcome?.(outcome);
  };

  useEffect(() => {
    // The back button shows the page as it was left, with the button off.
    const onShow = (event: PageTransitionEvent) => event.persisted && reset();
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [reset]);

  useEffect(() => {
    if (state.status !== 'leaving') return;
    const timer = setTimeout(reset, LEAVE_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [state.status, reset]);

  // Another buyer, or a button that is gone: nothing of the old one goes on.
  const userId = buyer?.userId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because the buyer changes.
  useEffect(() => reset, [userId, reset]);

  const isBusy = state.status !== 'idle' && state.status !== 'stopped';
  return {
    ...state,
    start: () => void start(),
    reset,
    getButtonProps: () => ({
      type: 'button',
      // Not `disabled`: that takes the focus away, and tells a screen reader nothing.
      'aria-disabled': !buyer || isHeld,
      'aria-busy': isBusy,
      'aria-describedby': statusId,
      'data-status': state.status,
      onClick: () => void start(),
    }),
    getStatusProps: () => ({ id: statusId, role: 'status' }),
  };
}
