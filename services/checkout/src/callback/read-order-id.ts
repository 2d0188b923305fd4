import { merchantOrderIdSchema, transactionIdSchema } from '@cloudnestle/contracts/ids';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { HttpRequest } from '@cloudnestle/runtime/http/handler';
import { parseBody } from '@cloudnestle/runtime/http/parse-body';
import * as z from 'zod';
import { isUrlEncoded } from './form-types.ts';

type Input = Pick<HttpRequest, 'query' | 'rawBody' | 'headers'>;

/**
 * The order that a return is about, and nothing else of what it claims: `transactionId`, or `merchantOrderId` where that
 * is missing. The query comes first, because it is the address we gave out; a form the gateway posts there may have a
 * `transactionId` of its own. Throws a 400 that names the field.
 */
export function readOrderId(request: Input): string {
  const source = namesOrder(request.query) ? request.query : readFields(request);
  return source.transactionId === undefined && source.merchantOrderId !== undefined
    ? toTransactionId(parseBody(byMerchantOrderId, source).merchantOrderId)
    : parseBody(byTransactionId, source).transactionId;
}

const byTransactionId = z.object({ transactionId: transactionIdSchema });
const byMerchantOrderId = z.object({ merchantOrderId: merchantOrderIdSchema });

/** Unchecked: whatever was sent. */
const fieldsSchema = z.object({
  transactionId: z.unknown().optional(),
  merchantOrderId: z.unknown().optional(),
});
type Fields = z.infer<typeof fieldsSchema>;

function namesOrder({ transactionId, merchantOrderId }: Fields): boolean {
  return transactionId !== undefined || merchantOrderId !== undefined;
}

/** A body that cannot be read names no order. A form in parts is not read. */
function readFields({ rawBody, headers }: Input): Fields {
  const text = new TextDecoder().decode(rawBody);
  const body = isUrlEncoded(headers['content-type'] ?? '') ? readForm(text) : readJson(text);
  return fieldsSchema.safeParse(body).data ?? {};
}

/** A field given twice is joined by a comma, as API Gateway does with the query. */
function readForm(text: string): Fields {
  const form = new URLSearchParams(text);
  const read = (name: string) => (form.has(name) ? form.getAll(name).join(',') : undefined);
  return { transactionId: read('transactionId'), merchantOrderId: read('merchantOrderId') };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
