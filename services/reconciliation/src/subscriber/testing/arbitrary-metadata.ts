import fc from 'fast-check';

/** Times that are often the same. */
export const anyTime = fc
  .integer({ min: 0, max: 5 })
  .map((minutes) => new Date(Date.UTC(2025, 10, 23, 10, minutes)).toISOString());

/** What the publisher says of itself, and why it publishes. */
export const anyTrigger = fc
  .constantFrom('checkout.order.completed', 'pg.order.completed', 'sweep', 'browser.return')
  .map((gatewayEvent) => ({ producer: 'test', causationId: 'test', gatewayEvent }));
