/** The browser has its answer within 6 s, even with everything behind us hanging; the rest is for the way back. */
export const ANSWER_WITHIN_MS = 5750;

/** The gateway's share of it, its token included. */
export const GATEWAY_TIMEOUT_MS = 2500;

/** One AWS call; the whole is bounded by ANSWER_WITHIN_MS. */
export const AWS_TIMEOUT_MS = 1000;

/** Within this time of one question about an order nobody asks again: the gateway's own closest polling interval. */
export const ASK_AGAIN_AFTER_MS = 3000;
