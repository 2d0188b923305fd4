import * as z from 'zod';

/** What an unreadable attribute says counts as not said: other systems write these records too. */
const text = z.string().optional().catch(undefined);

const recordSchema = z.object({
  tier: text,
  access_tier: text,
  accessTier: text,
  status: text,
  grantedByTransactionId: text,
  grantedAt: text,
  createdByTransactionId: text,
  createdAt: text,
});

/** A stored record as a merge needs it: its texts, and in which of the two shapes it is. */
export type StoredEntitlement = z.infer<typeof recordSchema> & {
  /** How searches are counted: `dailyUsage` and `lastUsageDate`, or the map `usage.daily_usage`. */
  counts: 'number' | 'map';
  hasUsageMap: boolean;
};

/** Reads a record. Its own attributes tell the shape; one without any of them takes the shape of its key. */
export function readEntitlement(
  record: Record<string, unknown>,
  isByUserId: boolean,
): StoredEntitlement {
  const hasUsageMap = isMap(record.usage);
  return {
    ...recordSchema.parse(record),
    counts: countsOf(record, hasUsageMap, isByUserId),
    hasUsageMap,
  };
}

function countsOf(
  record: Record<string, unknown>,
  hasUsageMap: boolean,
  isByUserId: boolean,
): 'number' | 'map' {
  if (hasUsageMap) return 'map';
  if (record.dailyUsage !== undefined) return 'number';
  const hasMapTime = record.updated_at !== undefined;
  const hasNumberTime = record.updatedAt !== undefined;
  if (hasMapTime !== hasNumberTime) return hasMapTime ? 'map' : 'number';
  return isByUserId ? 'number' : 'map';
}

/** A map of DynamoDB's: its sets and binaries come as objects too, and no path leads into them. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}

/** Records spell their tier up to three times; this is the order in which they are believed. */
export function tierOf(
  record: Pick<StoredEntitlement, 'access_tier' | 'accessTier' | 'tier'>,
): string | undefined {
  return record.access_tier || record.accessTier || record.tier;
}
