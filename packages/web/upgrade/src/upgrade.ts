import { type CallOptions, callApi, pause, readBody } from './call-api.ts';
import type { Billing, ErrorAnswer, FieldError, UpgradeAnswer } from './wire.ts';

/** Who pays. `userEmail` is the email of that very user, in any spelling. */
export interface Buyer {
  userId: string;
  userEmail: string;
}

/** What is bought: a tier (default `pro`), where it has several plans also which, and whom the invoice is made out to. */
export interface Purchase {
  tier?: string | undefined;
  planId?: string | undefined;
  billing?: Billing | undefined;
}

/** What comes of a click. Everything but `redirect` leaves the buyer on the page. */
export type UpgradeOutcome =
  | {
      kind: 'redirect';
      transactionId: string;
      /** The payment page, at one of the client's `gatewayOrigins`. */
      redirectUrl: string;
      amountInPaisa: number;
      /** ISO 8601: the page cannot be paid on after this. */
      expiresAt: string;
      /** The page of an earlier click, still open. */
      reused: boolean;
    }
  | { kind: 'alreadyHeld'; currentTier?: string | undefined }
  /** The money of an earlier click is there, or may still come: follow that payment, pay no second time. */
  | { kind: 'alreadyPaid' | 'inProgress'; transactionId: string }
  /** The payment page of another plan is open, in another tab perhaps. */
  | { kind: 'pageOpen'; transactionId: string; planId?: string | undefined; redirectUrl: string }
  | {
      kind: 'refused';
      /** Undefined where something before the API answered. */
      code?: string | undefined;
      status: number;
      /** English words for buyers; undefined where the answer had none. */
      message?: string | undefined;
      requestId?: string | undefined;
      fields?: FieldError[] | undefined;
    }
  /** No answer: nothing is charged, and the same click may be repeated. */
  | { kind: 'unreachable' }
  | { kind: 'aborted' };

export interface UpgradeCall extends Purchase {
  signal?: AbortSignal | undefined;
  /** The API is busy: the same call goes out again at that time, by this machine's clock. */
  onWait?: ((retryAt: Date) => void) | undefined;
}

interface UpgradeDependencies extends CallOptions {
  apiUrl: string;
  source: string | undefined;
  gatewayOrigins: readonly string[];
}

/** How often a busy API is asked. */
const TRIES = 3;
/** The buyer waits no longer than this for one try, whatever the API asks for. */
const LONGEST_WAIT_MS = 10_000;

/** One upgrade call, repeated where the API is busy. Never throws. */
export async function startUpgrade(
  buyer: Buyer,
  { tier = 'pro', planId, billing, signal, onWait }: UpgradeCall,
  deps: UpgradeDependencies,
): Promise<UpgradeOutcome> {
  const { apiUrl, source, gatewayOrigins } = deps;
  const { userId, userEmail } = buyer;
  const request = { userId, userEmail, tier, planId, source, billing };
  for (let tried = 1; ; tried += 1) {
    const answer = await callApi(`${apiUrl}/payments/upgrade-to-pro`, request, { ...deps, signal });
    if (answer.kind !== 'answered') return answer;
    const { status, body } = answer;
    if (status === 200) return readPage(readBody<UpgradeAnswer>(body), gatewayOrigins);
    const isBusy = status === 429 || status === 503;
    if (!isBusy || tried === TRIES) {
      return readError(status, readBody<ErrorAnswer>(body), gatewayOrigins);
    }
    const waitMs = Math.min(answer.retryAfterMs ?? 1000 * 2 ** (tried - 1), LONGEST_WAIT_MS);
    onWait?.(new Date(Date.now() + waitMs));
    await pause(waitMs, signal);
    if (signal?.aborted) return { kind: 'aborted' };
  }
}

function readPage(body: Partial<UpgradeAnswer>, origins: readonly string[]): UpgradeOutcome {
  const { transactionId, redirectUrl, amountInPaisa = 0, expiresAt = '', reused = false } = body;
  if (!transactionId || !redirectUrl || !isAt(redirectUrl, origins)) {
    return { kind: 'refused', status: 200, code: 'PAGE_ELSEWHERE' };
  }
  return { kind: 'redirect', transactionId, redirectUrl, amountInPaisa, expiresAt, reused };
}

function readError(
  status: number,
  { message, error = {}, requestId, currentTier, transactionId, planId, redirectUrl }: ErrorAnswer,
  origins: readonly string[],
): UpgradeOutcome {
  const { code, fields } = error;
  if (code === 'ALREADY_PRO') return { kind: 'alreadyHeld', currentTier };
  if (code === 'ALREADY_PAID' && transactionId) return { kind: 'alreadyPaid', transactionId };
  if (code === 'PAYMENT_IN_PROGRESS' && transactionId) {
    return redirectUrl && isAt(redirectUrl, origins)
      ? { kind: 'pageOpen', transactionId, planId, redirectUrl }
      : { kind: 'inProgress', transactionId };
  }
  // An answer without a code is not written for buyers.
  const words = code ? message : undefined;
  return { kind: 'refused', code, status, message: words, requestId, fields };
}

/** A browser is sent to the payment gateway and nowhere else, whatever an answer says. */
function isAt(url: string, origins: readonly string[]): boolean {
  try {
    return origins.includes(new URL(url).origin);
  } catch {
    return false;
  }
}
