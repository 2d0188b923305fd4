import { createFollower, type Follower } from './follow.ts';
import { listPlans, type PlansOutcome } from './plans.ts';
import { type Buyer, startUpgrade, type UpgradeCall, type UpgradeOutcome } from './upgrade.ts';

export interface PaymentsClientOptions {
  /** Where the API is, `https://api.example.com`; empty: on the page's own origin. */
  apiUrl: string;
  /** The id of this frontend: picks the page where the buyer returns to. Left out: the stage's first frontend. */
  source?: string | undefined;
  /** The origins of the payment page. A browser is sent to no other. */
  gatewayOrigins: readonly string[];
  /** For one call; default 30,000. */
  timeoutMs?: number | undefined;
  fetch?: typeof fetch | undefined;
}

/** The payments API for a page. Make one and keep it: it is what lets two clicks be one call. */
export interface PaymentsClient {
  /** What is on sale. */
  listPlans(options?: { signal?: AbortSignal | undefined }): Promise<PlansOutcome>;
  /**
   * Asks for a payment page. Never throws and never leaves the page. A call for the same purchase while one is under way gets that
   * one's outcome; `signal` of the first call ends both.
   */
  upgrade(buyer: Buyer, call?: UpgradeCall): Promise<UpgradeOutcome>;
  /** Follows one payment. The same id gives the same follower, and is announced once. */
  follow(transactionId: string): Follower;
}

/** Creates a client. Touches neither the network nor the page. */
export function createPaymentsClient(options: PaymentsClientOptions): PaymentsClient {
  const { apiUrl, source, gatewayOrigins, timeoutMs = 30_000 } = options;
  const call = {
    // Looked up at each call: a page may wrap it after this client was made.
    fetch: options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args)),
    timeoutMs,
    apiUrl: apiUrl.replace(/\/$/, ''),
    source,
    gatewayOrigins,
  };
  const upgrades = new Map<string, Promise<UpgradeOutcome>>();
  const followers = new Map<string, Follower>();
  return {
    listPlans: ({ signal } = {}) => listPlans(call.apiUrl, { ...call, signal }),
    upgrade: (buyer, purchase = {}) => {
      const { tier, planId, billing } = purchase;
      const key = JSON.stringify([buyer.userId, buyer.userEmail, tier, planId, billing]);
      const running = upgrades.get(key);
      if (running) return running;
      const started = startUpgrade(buyer, purchase, call).finally(() => upgrades.delete(key));
      upgrades.set(key, started);
      return started;
    },
    follow: (transactionId) => {
      const known = followers.get(transactionId);
      if (known) return known;
      const follower = createFollower(transactionId, call);
      followers.set(transactionId, follower);
      return follower;
    },
  };
}
