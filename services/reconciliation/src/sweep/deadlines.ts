/** One question to the gateway, its token included. */
export const GATEWAY_TIMEOUT_MS = 5000;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 2000;

/** One order, start to end. A run takes on no further order with less than this left. */
export const ORDER_TIMEOUT_MS = 12_000;

/** Orders at work at once. */
export const CONCURRENCY = 10;

/**
 * How long an order is kept from others, counted from its claim: longer than an order may take, and so short that what a
 * run claims last is due again when the next one starts, a minute after the first.
 */
export const LEASE_MS = 20_000;
