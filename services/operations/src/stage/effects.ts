import type { SubscriberName, TableKey } from '@cloudnestle/topology/types';

/** What a subscriber leaves behind, and in which table it is seen. */
export interface Effect {
  effect: string;
  words: string;
  table: TableKey;
}

/** The facts that prove that an event has arrived: the walk of an event and the live picture name them alike. */
export const effects = {
  tiers: [{ effect: 'user-tier', words: 'the grant in the user’s row', table: 'users' }],
  entitlements: [
    { effect: 'record-by-user', words: 'the entitlement record by user id', table: 'entitlements' },
    { effect: 'record-by-email', words: 'the entitlement record by email', table: 'entitlements' },
  ],
  notifications: [{ effect: 'mail', words: 'the mail', table: 'notifications' }],
  reconciliation: [{ effect: 'order-row', words: 'the order’s row', table: 'transactions' }],
  refunds: [{ effect: 'refund-row', words: 'the refund’s row', table: 'refunds' }],
  invoices: [{ effect: 'document', words: 'the document', table: 'invoices' }],
} as const satisfies Readonly<Record<SubscriberName, readonly Effect[]>>;
