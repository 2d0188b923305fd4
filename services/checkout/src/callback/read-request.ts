import { merchantOrderIdSchema, transactionIdSchema } from '@cloudnestle/contracts/ids';
import { parseJson } from '@cloudnestle/contracts/json';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { type HttpRequest, parseBody } from '@cloudnestle/runtime/http/handler';
import * as z from 'zod';

type Input = Pick<HttpRequest, 'query' | 'rawBody' | 'headers'>;

/**
 * The order that a return is about, and nothing else of what it claims: `transactionId`, or `merchantOrderId` where
 * that is missing. The query comes first, because it is the address that the upgrade call gave out; a form the gateway
 * posts there may have a `transactionId` of its own. Throws a 400 that names the field.
 */
export function readOrderId(request: Input): string {
  const source = namesOrder(request.query) ? request.query : readFields(request);
  return source.transactionId === undefined && source.merchantOrderId !== undefined
    ? toTransactionId(parseBody(byMerchantOrderId, source).merchantOrderId)
    : parseBody(byTransactionId, source).transactionId;
}

const byTransactionId = z.object({ transactionId: transactionIdSchema });
const byMerchantOrderId = z.object({ merchantOrderId: merchantOrderIdSchema });

/** Unchecked, as sent. */
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
  const body = isUrlEncoded(headers['content-type'] ?? '') ? readForm(text) : parseJson(text);
  return fieldsSchema.safeParse(body).data ?? {};
}

/** A field given twice is joined by a comma, as API Gateway does with the query. */
function readForm(text: string): Fields {
  const form = new URLSearchParams(text);
  const read = (name: string) => (form.has(name) ? form.getAll(name).join(',') : undefined);
  return { transactionId: read('transactionId'), merchantOrderId: read('merchantOrderId') };
}

/** True if the buyer waits for a page: a browser goes to the address, or posts a form to it. Programs get JSON. */
export function expectsPage({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean {
  if (headers['sec-fetch-mode'] === 'navigate') return true;
  return method === 'GET'
    ? /\btext\/html\b/i.test(headers.accept ?? '')
    : isForm(headers['content-type'] ?? '');
}

/** Whether a content type is that of an HTML form's post. */
function isForm(contentType: string): boolean {
  return isUrlEncoded(contentType) || mediaTypeOf(contentType) === 'multipart/form-data';
}

/** Whether it is the form that browsers send where a page asks for no other. */
function isUrlEncoded(contentType: string): boolean {
  return mediaTypeOf(contentType) === 'application/x-www-form-urlencoded';
}

/** Without its parameters, such as a charset. */
function mediaTypeOf(contentType: string): string | undefined {
  return contentType.split(';')[0]?.trim().toLowerCase();
}
