/** A record of the entitlements table that a demo user starts with. */
export type DemoRecord = 'byUserId' | 'byEmail';

/** Somebody to try the payments with. */
export interface DemoUser {
  userId: string;
  email: string;
  tier: 'registered' | 'pro';
  /** The entitlement records this user starts with. */
  records: readonly DemoRecord[];
  /** What makes this user worth trying, in a few words for people. */
  note: string;
}

/** The users every local run starts with. Scripts rely on them: ids and addresses never change. */
export const demoUsers: readonly DemoUser[] = [
  {
    userId: 'test-uuid-123',
    email: 'test@example.com',
    tier: 'registered',
    records: ['byUserId', 'byEmail'],
    note: 'both entitlement records',
  },
  {
    userId: 'uuid-only-456',
    email: 'uuid-only@example.com',
    tier: 'registered',
    records: ['byUserId'],
    note: 'only the record by user id',
  },
  {
    userId: 'email-only-789',
    email: 'email-only@example.com',
    tier: 'registered',
    records: ['byEmail'],
    note: 'only the old record by email',
  },
  {
    userId: 'no-record-000',
    email: 'no-record@example.com',
    tier: 'registered',
    records: [],
    note: 'no entitlement record yet',
  },
  {
    userId: 'already-pro-111',
    email: 'already-pro@example.com',
    tier: 'pro',
    records: ['byUserId', 'byEmail'],
    note: 'Pro already',
  },
];
