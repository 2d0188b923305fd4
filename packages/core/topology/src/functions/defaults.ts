/**
 * Lambda gives CPU by memory. A subscriber mostly waits for DynamoDB, ten records side by side fit many times over, and
 * no caller waits for it.
 */
const SUBSCRIBER_MEMORY_MB = 256;
/** A buyer, a browser or the gateway waits for the answer: a cold start is CPU work, so this share is larger. */
const HTTP_MEMORY_MB = 512;
/** Many orders at once, each with TLS to the gateway, within 50 s: this much CPU keeps up with the calls it may make. */
export const SWEEP_MEMORY_MB = 512;

/** Functions that may work on one queue at once, and no fewer than that can always start. */
export const SUBSCRIBER_CONCURRENCY = 10;

/** A page is set in an eighth of a second on a whole CPU, and this is half of one. */
export const INVOICE_MEMORY_MB = 1024;

export const subscriberDefaults = {
  reservedConcurrency: SUBSCRIBER_CONCURRENCY,
  timeoutSeconds: 15,
  memoryMb: SUBSCRIBER_MEMORY_MB,
  publishes: false,
  sendsMail: false,
  asksGateway: false,
  settings: [],
};
export const httpDefaults = {
  timeoutSeconds: 10,
  memoryMb: HTTP_MEMORY_MB,
  sendsMail: false,
  settings: [],
};
