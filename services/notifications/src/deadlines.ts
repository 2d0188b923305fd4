/** SES's share of a delivery. Longer than it ever takes: an answer we give up on costs an operator's look. */
export const SES_TIMEOUT_MS = 5000;

/** One attempt of one table call. */
export const AWS_TIMEOUT_MS = 1500;

/**
 * A mail is only handed to SES while this much of the function's timeout is left: SES's answer, the write of what came
 * of it, and the batch's own answer must all fit, or a claim would be taken for a crashed one while its mail is under way.
 */
export const SEND_RESERVE_MS = SES_TIMEOUT_MS + AWS_TIMEOUT_MS + 2000;
