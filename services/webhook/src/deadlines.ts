/** The gateway gets its answer within 2.5 s, even if every dependency hangs. */
export const ANSWER_WITHIN_MS = 2350;

/** The gateway's share of it, its token included. */
export const GATEWAY_TIMEOUT_MS = 2000;

/** One AWS call; the whole is bounded by ANSWER_WITHIN_MS. */
export const AWS_TIMEOUT_MS = 1000;
