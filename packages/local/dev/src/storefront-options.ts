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

/**
 * What `/demo/account/{userId}` answers: the account with the token that its user searches with. Only for the demo, where
 * nobody has a password: a real shop hands a token to nobody but its signed-in holder.
 */
export interface DemoAccount extends AccountView {
  /** Missing where the user has no record yet. */
  token?: string;
}

/** What the demo storefront is given. It calls the API over HTTP like any other frontend. */
export interface StorefrontOptions {
  demoUsers: readonly DemoUser[];
  /** The account as the tables have it now (consistent reads); undefined where there is no such user. */
  readAccount(userId: string): Promise<AccountView | undefined>;
  /** The token of the account's record by user id, else by email; asked for demo users only. */
  readToken(account: Pick<AccountView, 'userId' | 'email'>): Promise<string | undefined>;
}
