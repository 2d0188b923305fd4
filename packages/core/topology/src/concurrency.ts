/** AWS refuses a reservation that leaves an account fewer executions than these for functions that reserve none. */
export const LEAST_UNRESERVED = 100;

/** An account's concurrent executions in a region, unless AWS was asked for more; a new account may have 10. */
export const DEFAULT_ACCOUNT_CONCURRENCY = 1000;
