import type { FindUser } from '@cloudnestle/payments/access';
import type { Grants } from '@cloudnestle/payments/access/grants';
import type { Publish } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { Gateways } from '@cloudnestle/payments/gateway';
import type { Order } from '@cloudnestle/payments/order';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { BillingProfiles } from './billing-profiles.ts';
import type { CheckoutSlots, Claim } from './checkout-slots.ts';
import type { OrderRows, Page } from './order-rows.ts';
import type { Purchase } from './read-purchase.ts';

export interface UpgradeDependencies
  extends Pick<Platform, 'log' | 'metrics' | 'now' | 'newId' | 'randomInt'> {
  catalogue: Catalogue;
  gateways: Gateways;
  publish: Publish;
  findUser: FindUser;
  slots: CheckoutSlots;
  rows: OrderRows;
  profiles: BillingProfiles;
  sleep(ms: number): Promise<unknown>;
}

/** The request, and how long it may take. */
export interface RequestContext {
  requestId: string;
  traceparent: string | undefined;
  budget: Budget;
}

/** One upgrade call, once the buyer is known. */
export interface Attempt {
  purchase: Purchase;
  claim: Claim;
  context: RequestContext;
  /** What the buyer holds now. */
  currentTier: string;
  /** The paid orders that the user's row knows. */
  granted: Grants;
}

/** Every way an upgrade call can end. */
export type UpgradeOutcome =
  /** No such user, or an email that is not that user's: a caller must not learn which. */
  | { kind: 'userUnknown' }
  /** A payment would give this user no access. */
  | { kind: 'suspended' }
  | { kind: 'alreadyHeld'; currentTier: string }
  /** The buyer holds a tier that the catalogue does not know: nothing is sold over it. */
  | { kind: 'unknownTier'; currentTier: string }
  | { kind: 'alreadyPaid'; currentTier: string; transactionId: string }
  /** An earlier order may still be paid at the gateway. */
  | { kind: 'inProgress'; currentTier: string; transactionId: string }
  /** The page of another plan of the tier is open: paid too, it would be a second purchase that the buyer may not mean. */
  | { kind: 'otherPlanOpen'; currentTier: string; order: Order; page: Page }
  | { kind: 'opened'; order: Order; page: Page; reused: boolean }
  | { kind: 'gatewayRefused'; reason: string }
  | { kind: 'gatewayUnavailable'; reason: string }
  /** Another try is expected to succeed. */
  | { kind: 'busy'; reason: string }
  | { kind: 'unreadableOrder'; reason: string };

/** What is left of the function's timeout when the answer leaves: serialising it, and the way back. */
const ANSWER_MARGIN_MS = 500;

/** Opening a page: never longer, and always with time left to write its address down and to ask about a refusal. */
const PAY_AT_MOST_MS = 5000;
const AFTER_PAY_MS = 2500;
/** With less, the gateway is not called at all. */
const PAY_AT_LEAST_MS = 250;

/** Asking about an older order: what is left must still be enough to open a new one. */
const ASK_AT_MOST_MS = 2500;
const AFTER_ASK_MS = 4000;

const REFUSAL_AT_MOST_MS = 1500;
const AFTER_REFUSAL_MS = 500;

const ANNOUNCE_AT_MOST_MS = 1500;

/** One AWS call of this function; the SDK repeats a failed one twice. */
export const AWS_TIMEOUT_MS = 1000;

/** How long one upgrade call may take from its start on. */
export function answerWithinMs(functionTimeoutMs: number): number {
  return functionTimeoutMs - ANSWER_MARGIN_MS;
}

/** The shares of one upgrade call's time, each bounded by what is left of the whole. Milliseconds. */
interface Budget {
  /** Undefined where too little is left to begin. */
  payMs(): number | undefined;
  askMs(): number;
  refusalMs(): number;
  announceMs(): number;
}

/** Starts the clock of one upgrade call. */
export function startBudget(functionTimeoutMs: number, now: Clock): Budget {
  const endsAt = now().getTime() + answerWithinMs(functionTimeoutMs);
  const share = (atMostMs: number, afterwardsMs: number) =>
    Math.max(0, Math.min(atMostMs, endsAt - now().getTime() - afterwardsMs));
  return {
    payMs: () => {
      const ms = share(PAY_AT_MOST_MS, AFTER_PAY_MS);
      return ms < PAY_AT_LEAST_MS ? undefined : ms;
    },
    askMs: () => share(ASK_AT_MOST_MS, AFTER_ASK_MS),
    refusalMs: () => share(REFUSAL_AT_MOST_MS, AFTER_REFUSAL_MS),
    announceMs: () => share(ANNOUNCE_AT_MOST_MS, 0),
  };
}
