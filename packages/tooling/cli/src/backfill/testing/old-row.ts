import type { Row } from './old-tables.ts';

/** Attributes that the replaced system wrote (mission, DynamoDB Tables 1). */
const attributes = [
  'transactionId',
  'userId',
  'userEmail',
  'merchantOrderId',
  'phonepeOrderId',
  'amount',
  'tier',
  'status',
  'paymentMethod',
  'redirectUrl',
  'createdAt',
  'updatedAt',
  'expiresAt',
];
const times = new Set(['createdAt', 'updatedAt', 'expiresAt']);

/** A row as the replaced system would have written it: no keys of indexes, no plan, times without milliseconds. */
export function toOldRow(row: Row): Row {
  const kept = attributes.filter((name) => row[name] !== undefined);
  return Object.fromEntries(
    kept.map((name) => [name, times.has(name) ? withoutMs(String(row[name])) : row[name]]),
  );
}

/** An old row made at a moment; everything else may be said. */
export function oldRow(name: string, createdAt: Date, changes: Row = {}): Row {
  const merchantOrderId = `MP-${name}-1732356000-abc123`;
  return toOldRow({
    transactionId: `txn_${merchantOrderId}`,
    merchantOrderId,
    userId: name,
    userEmail: `${name}@example.com`,
    phonepeOrderId: `PP_${name}`,
    amount: 29_900,
    tier: 'pro',
    status: 'PENDING',
    paymentMethod: 'phonepe',
    redirectUrl: 'https://phonepe.example/checkout',
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + 1_800_000).toISOString(),
    ...changes,
  });
}

function withoutMs(time: string): string {
  return time.replace(/\.\d{3}Z$/, 'Z');
}
