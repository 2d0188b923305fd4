/** One question to the gateway, its token included. */
export const GATEWAY_TIMEOUT_MS = 5000;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 2000;

/** One order, start to end. A run takes on no further order with less than this left. */
export const ORDER_TIMEOUT_MS = 12_000;

/** Orders at work at once. */
export const CONCURRENCY = 10;

/**
 * How long a run keeps an order to itself, counted from the run's start: longer than the function may live, so that
 * nobody else takes the order meanwhile, and less than the minute to the next run, which finds whatever was left.
 */
export const LEASE_MS = 55_000;
