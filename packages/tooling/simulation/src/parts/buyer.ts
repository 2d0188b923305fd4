/** Somebody with an account, as the marketplace knows them before they pay. */
export interface Buyer {
  userId: string;
  /** In the user's row; may change. */
  email: string;
  /** Of the entitlement records; undefined: there is none yet, and a payment makes one. */
  token: string;
  records: 'both' | 'byUserId' | 'byEmail' | 'none';
  isSuspended: boolean;
  /** What they had before: everybody's tier, pro given by hand, or a tier that no catalogue of ours has. */
  tier: 'registered' | 'pro' | 'gold';
}
