import { HMAC_KEY_ID_HEADER, HMAC_SIGNATURE_HEADER } from '@cloudnestle/phonepe/webhook-signature';
import { crossOrigin } from '@cloudnestle/topology/routes';
import { topology } from '@cloudnestle/topology/topology';
import type { Route } from '@cloudnestle/topology/types';
import { info } from '../info.ts';
import { toJsonSchemas } from '../to-json-schemas.ts';
import { buildOperation } from './build-operation.ts';
import type { OperationDoc } from './operation.ts';
import { operations as allOperations } from './operations/all.ts';
import { answerSchemas, requestSchemas, sharedSchemas } from './schemas.ts';

/**
 * The HTTP API as OpenAPI 3.1: the topology's routes with the contracts' bodies. Throws where a route has no words here,
 * or words have no route.
 */
export function buildOpenApi(
  routes: readonly Route[] = topology.routes,
  operations: readonly OperationDoc[] = allOperations,
) {
  const paths: Record<string, Record<string, ReturnType<typeof buildOperation>>> = {};
  for (const operation of operations) {
    const route = routes.find(({ method, path }) => `${method} ${path}` === operation.route);
    if (!route) throw new Error(`the topology has no route ${operation.route}`);
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: buildOperation(operation, route),
    };
  }
  for (const { method, path } of routes) {
    if (paths[path]?.[method.toLowerCase()]) continue;
    throw new Error(
      `${method} ${path} is not described in packages/tooling/api-docs/src/openapi/operations`,
    );
  }
  return {
    openapi: '3.1.1',
    info: { ...info, description },
    servers: [
      { url: '/', description: 'Where this document is served from: the local run.' },
      {
        url: 'https://{api}.execute-api.{region}.amazonaws.com',
        description: 'A deployed stage.',
        variables: {
          api: { default: 'api-id', description: "The id of the stage's HTTP API." },
          region: { default: 'ap-south-1' },
        },
      },
    ],
    tags: [
      { name: 'Buyers', description: 'What a frontend calls to sell.' },
      { name: 'Search', description: 'What a search app calls before every search.' },
      { name: 'Payment gateway', description: 'What PhonePe calls.' },
      { name: 'Admins', description: 'What the admin page calls.' },
      { name: 'Operators', description: 'What the console calls.' },
    ],
    paths,
    components: buildComponents(),
  };
}

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

**Origins.** CORS answers the configured frontends only; a page may send
${crossOrigin.allowHeaders.map((name) => `\`${name}\``).join(' and ')}, and read \`${crossOrigin.exposeHeaders.join('`, `')}\`.

**Bodies** are JSON with \`content-type: application/json\`, 100 KB at most. Answers are never cached (\`cache-control: no-store\`).
A server may send a W3C \`traceparent\`: the events that follow carry it on.
`.trim();

const dialect = 'draft-2020-12';

/** What the calls share. */
function buildComponents() {
  return {
    schemas: {
      ...toJsonSchemas({ ...sharedSchemas, ...requestSchemas }, { io: 'input', dialect }),
      ...toJsonSchemas({ ...sharedSchemas, ...answerSchemas }, { io: 'output', dialect }),
    },
    headers: {
      RetryAfter: {
        description: 'Seconds to wait before the same call makes sense again.',
        schema: { type: 'integer', minimum: 1 },
        example: 2,
      },
      Location: {
        description: 'The return page of the frontend that the order came from.',
        schema: { type: 'string', format: 'uri' },
        example: 'https://shop.example/payment/callback?transactionId=txn_...',
      },
    },
    securitySchemes: {
      adminToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'A token of the user pool, of a member of its admin group. By default the id token, as the live admin page sends ' +
          'it. On a local run: `./payments token --admin`.',
      },
      webhookSha256: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description:
          'Lower-case hex SHA-256 of `username:password` of the webhook, without any prefix. Every pair in the credentials ' +
          'secret is valid, so that they rotate with overlap.',
      },
      webhookHmacKeyId: {
        type: 'apiKey',
        in: 'header',
        name: HMAC_KEY_ID_HEADER,
        description: 'Which key the signature beside it was made with.',
      },
      webhookHmacSignature: {
        type: 'apiKey',
        in: 'header',
        name: HMAC_SIGNATURE_HEADER,
        description: "HMAC-SHA256 over the body's untouched bytes, hex or base64.",
      },
    },
  };
}
