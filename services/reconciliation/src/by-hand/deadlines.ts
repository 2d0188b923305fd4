/** One question to the gateway, its token included. */
export const GATEWAY_TIMEOUT_MS = 8000;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 2000;
