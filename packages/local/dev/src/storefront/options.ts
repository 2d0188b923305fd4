import type { Inbox } from '@cloudnestle/local-aws/start';
import type { DemoRecord, DemoUser } from '../demo-users.ts';
import type { BuiltPages } from './built-pages.ts';

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

/** One order of a buyer as their account shows it. */
export interface PaymentView {
  transactionId: string;
  /** What buyers call it. */
  plan: string;
  amountInPaisa: number;
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  createdAt: string;
  /** Of a paid pass: when its time ends. */
  endsAt?: string;
  isTakenBack: boolean;
  refundedInPaisa: number;
  /** Where its invoice is downloaded, with the buyer's token; missing until it is issued. */
  invoiceUrl?: string;
}

/** A buyer's orders, the newest first, and when the tier that they give ends (absent: it does not). */
export interface PurchasesView {
  accessEndsAt?: string;
  payments: PaymentView[];
}

/**
 * What `/demo/account/{userId}` answers: the account with the token that its user searches with. Only for the demo, where
 * users have no password: a real shop hands a token to its signed-in holder only.
 */
export interface DemoAccount extends AccountView, PurchasesView {
  /** Missing where the user has no record yet. */
  token?: string;
}

/** What the demo storefront is given. Its pages call the API over HTTP like any other frontend. */
export interface StorefrontOptions {
  /** The pages of `packages/web/storefront`, built where they are not yet. Asked at the first page. */
  readPages(): Promise<BuiltPages>;
  solutionId: string;
  demoUsers: readonly DemoUser[];
  /** The account as the tables have it now (consistent reads); undefined where there is no such user. */
  readAccount(userId: string): Promise<AccountView | undefined>;
  /** What that user has bought; asked for demo users only. */
  readPurchases(userId: string): Promise<PurchasesView>;
  /** The token of the account's record by user id, else by email; asked for demo users only. */
  readToken(account: Pick<AccountView, 'userId' | 'email'>): Promise<string | undefined>;
  /** Undefined where the run uses an endpoint that was given to it, which keeps the mails. */
  inbox: Inbox | undefined;
}
