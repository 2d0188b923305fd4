import type { DemoRecord, DemoUser } from './demo-users.ts';

/** One entitlement record as a page may show it: never its token. */
export interface EntitlementView {
  record: DemoRecord;
  solutionId: string;
  accessTier: string;
  status: string;
}

/** What the marketplace knows of a user. */
export interface AccountView {
  userId: string;
  email: string;
  tier: string;
  quota: {
    /** Searches a day; null is unlimited. */
    dailyQuota: number | null;
    /** Searches since midnight UTC. */
    usedToday: number;
  };
  entitlements: EntitlementView[];
}

/** What the demo storefront is given. It calls the payments API over HTTP like any other frontend. */
export interface StorefrontOptions {
  demoUsers: readonly DemoUser[];
  /** The account as the tables have it now (consistent reads); undefined where there is no such user. */
  readAccount(userId: string): Promise<AccountView | undefined>;
}
