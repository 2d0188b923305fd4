/** A Registered user's record by user id, as the mission's document shows it, before any payment. */
export const uuidRecord = {
  token: 'tok_perm_11111111111111111111111111111111',
  solution_id: 'aws-solution-finder',
  tier: 'registered',
  access_tier: 'registered',
  accessTier: 'registered',
  dailyUsage: 7,
  lastUsageDate: '2025-11-22',
  status: 'active',
  updatedAt: '2025-11-22T10:00:00Z',
};

/** The same user's record by email, in the old format. */
export const emailRecord = {
  token: '0b7a2c3e-6f6d-4a51-9c1f-3f7d2e0b9a11',
  solution_id: 'aws-solution-finder',
  tier: 'registered',
  access_tier: 'registered',
  usage: { daily_usage: { '2025-11-21': 3, '2025-11-22': 9 }, total: 12 },
  status: 'active',
  updated_at: '2025-11-22T10:00:00Z',
};
