/** What the demo knows of a buyer (`GET /demo/account/{userId}` of the local run). */
export interface Account {
  userId: string;
  email: string;
  tier: string;
  /** ISO 8601; absent: the tier does not end. */
  accessEndsAt?: string;
  quota: { dailyQuota: number | null; usedToday: number };
  entitlements: readonly { record: 'byUserId' | 'byEmail'; accessTier: string; status: string }[];
  /** What the buyer's search app searches with. */
  token?: string;
  payments?: readonly Payment[];
}

export interface Payment {
  transactionId: string;
  plan: string;
  amountInPaisa: number;
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  createdAt: string;
  /** Of a pass that holds or has held: when it ends. */
  endsAt?: string;
  /** Access was taken back, or all of it was refunded. */
  isTakenBack: boolean;
  refundedInPaisa: number;
  /** Where its invoice is downloaded; absent until it is issued. */
  invoiceUrl?: string;
}

export type AccountRead = { kind: 'account'; account: Account } | { kind: 'none' | 'unreadable' };

/** Reads a demo user's account. `none`: this stage shows none, or there is no such user. Never rejects. */
export async function readAccount(userId: string): Promise<AccountRead> {
  try {
    const response = await fetch(`/demo/account/${encodeURIComponent(userId)}`, {
      cache: 'no-store',
    });
    if (response.status === 404) return { kind: 'none' };
    if (!response.ok) return { kind: 'unreadable' };
    return { kind: 'account', account: await response.json() };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** `pro` is Pro; what has no plan is Free. */
export function nameTier(tier: string): string {
  return tier === 'registered' ? 'Free' : tier.charAt(0).toUpperCase() + tier.slice(1);
}

/** `28 Dec 2026`, in India, wherever the buyer is: passes end by India's calendar. */
export function formatDay(time: string): string {
  return new Intl.DateTimeFormat('en-IN', {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    timeZone: 'Asia/Kolkata',
  }).format(new Date(time));
}
