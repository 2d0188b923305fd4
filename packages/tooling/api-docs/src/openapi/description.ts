import { crossOrigin } from '@cloudnestle/topology/cross-origin';

/** What is true of every call. Markdown. */
export const description = `
Buyers upgrade through PhonePe. How to build a frontend on it: \`docs/frontend.md\`. What happens behind it, as events: the
AsyncAPI document beside this one.

**Errors.** A stable \`error.code\`, and words that a buyer can read:
\`{"success": false, "message", "error": {"code", "message"}, "requestId"}\`. The search call has its codes at the top of the
body, as the live search app reads them. Clients ignore fields that they do not know: answers only ever gain some.

**API Gateway's own answers.** Where no function of ours is called, or none answers in time, a deployed stage answers
\`{"message": "..."}\` without a code: 401 without a valid token, 404 for what is no address or method, 429 above a route's
rate, 500 and 503. The local run gives these the API's own error shape, and says 405 for a method.

**Origins.** CORS answers the configured frontends, and nobody else; a page may send
${crossOrigin.allowHeaders.map((name) => `\`${name}\``).join(' and ')}, and read \`${crossOrigin.exposeHeaders.join('`, `')}\`.

**Bodies** are JSON with \`content-type: application/json\`, 100 KB at most. Answers are never cached (\`cache-control: no-store\`).
A server may send a W3C \`traceparent\`: the events that follow carry it on.
`.trim();
