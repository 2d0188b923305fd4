import { HMAC_KEY_ID_HEADER, HMAC_SIGNATURE_HEADER } from '@cloudnestle/phonepe/webhook-signature';
import { toJsonSchemas } from '../to-json-schemas.ts';
import { answerSchemas, requestSchemas, sharedSchemas } from './schemas.ts';

const dialect = 'draft-2020-12';

/** What the calls share. */
export function buildComponents() {
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
          'A token of the user pool, of somebody in its admin group. By default the id token, as the live admin page sends ' +
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
