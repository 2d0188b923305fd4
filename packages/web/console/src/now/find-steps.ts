import type { OrderRow } from '@cloudnestle/contracts/admin/orders';

/** A payment that has just taken a step, as the bus carries it. */
export interface Step {
  key: string;
  transactionId: string;
  detailType: 'PaymentInitiated' | 'PaymentCompleted' | 'PaymentFailed';
}

const types: Readonly<Record<string, Step['detailType']>> = {
  PENDING: 'PaymentInitiated',
  COMPLETED: 'PaymentCompleted',
  FAILED: 'PaymentFailed',
};

/** What has happened between two looks at the latest orders; nothing at the first look. */
export function findSteps(
  before: readonly OrderRow[] | undefined,
  after: readonly OrderRow[],
): Step[] {
  if (before === undefined) return [];
  const known = new Map(before.map(({ transactionId, status }) => [transactionId, status]));
  return after.flatMap(({ transactionId, status }) => {
    const detailType = types[status];
    if (detailType === undefined || known.get(transactionId) === status) return [];
    return [{ key: `${transactionId} ${status}`, transactionId, detailType }];
  });
}
