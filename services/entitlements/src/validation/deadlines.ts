/** The live search app waits 5 s for an answer. */
export const ANSWER_WITHIN_MS = 4500;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 1200;

/** The index lags behind a record that a payment has just made: an unknown token is looked up once more after this. */
export const INDEX_LAG_MS = 250;
