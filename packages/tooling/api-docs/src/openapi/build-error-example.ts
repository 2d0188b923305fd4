import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import { errorCodes } from '@cloudnestle/contracts/http/error-codes';
import { requestId } from '../examples/order.ts';
import type { ErrorDoc } from './operation.ts';

/** An error's body as the API would send it. */
export function buildErrorExample({ code, message, fields, extra }: ErrorDoc): ErrorBody {
  const words = message ?? errorCodes[code].words[0];
  return {
    success: false,
    message: words,
    error: { code, message: words, ...(fields ? { fields: [...fields] } : {}) },
    ...extra,
    requestId,
  };
}
