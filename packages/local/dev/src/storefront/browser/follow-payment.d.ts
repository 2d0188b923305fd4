import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';

/** What asking once brought. `retryAfterMs` 0: nothing more will change soon. */
export type Answer =
  | {
      kind: 'status';
      body: Pick<PaymentStatusResponse, 'status' | 'access' | 'message'>;
      retryAfterMs: number;
    }
  /** No such payment, or no payment id at all. */
  | { kind: 'refused'; message: string; retryAfterMs?: number }
  | { kind: 'unavailable'; retryAfterMs?: number };

export interface View {
  kind: 'pending' | 'activating' | 'granted' | 'failed' | 'refused' | 'unavailable';
  answer: Answer;
  /** True where nobody will ask again by itself. */
  isLast: boolean;
}

/**
 * Asks about a payment until access is granted, nothing more will change, or a minute is over; once a second, or as
 * slowly as the API wants. Every answer is shown.
 */
export function followPayment(deps: {
  ask(): Promise<Answer>;
  show(view: View): void;
  wait(delayMs: number): Promise<void>;
  /** Milliseconds; only differences count. */
  now(): number;
}): Promise<void>;
