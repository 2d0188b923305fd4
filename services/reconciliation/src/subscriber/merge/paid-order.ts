/** A paid order in the line of its buyer's paid orders. */
export interface PaidOrder {
  transactionId: string;
  /** ISO with milliseconds, so that text order is time order. */
  completedAt: string;
}

/** The order that came first, then the others: by completedAt, then by id (design, rule 1). */
export function sortPaidOrders(orders: readonly PaidOrder[]): PaidOrder[] {
  return orders.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
}

export function isBefore(a: PaidOrder, b: PaidOrder): boolean {
  if (a.completedAt !== b.completedAt) return a.completedAt < b.completedAt;
  return a.transactionId < b.transactionId;
}
