import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import type { StoredDocument } from '@cloudnestle/operations/invoices/find-documents';
import { isInvoiceToken } from '@cloudnestle/payments/invoices/link-token';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';

export interface DownloadDependencies {
  findInvoice(transactionId: string): Promise<StoredDocument | undefined>;
  findByNumber(number: string): Promise<StoredDocument | undefined>;
  /** The PDF; throws where it is not as it was issued. */
  render(stored: StoredDocument): Promise<Uint8Array>;
  readTokenSecret(): Promise<string>;
}

/**
 * `GET /payments/invoices/{transactionId}?token=`: the order's invoice, or with `number` another document of the order. A wrong token and an
 * order without a document are the same 404: a stranger does not learn which.
 */
export function buildDownloadEndpoint(deps: DownloadDependencies): Endpoint {
  return {
    unit: 'invoice',
    reads: 'none',
    handle: async ({ pathParameters, query }) => {
      const parsed = transactionIdSchema.safeParse(pathParameters.transactionId);
      const { token, number } = query;
      if (!parsed.success || token === undefined) throw notFound('no id or no token');
      const transactionId = parsed.data;
      if (!isInvoiceToken(token, transactionId, await deps.readTokenSecret())) {
        throw notFound('wrong token', transactionId);
      }
      const stored =
        number === undefined
          ? await deps.findInvoice(transactionId)
          : await deps.findByNumber(number);
      if (stored?.document.transactionId !== transactionId) {
        throw notFound('no such document', transactionId);
      }
      const bytes = await deps.render(stored);
      return {
        statusCode: 200,
        file: { bytes, contentType: 'application/pdf', name: `${stored.document.number}.pdf` },
        summary: { outcome: 'sent', transactionId },
      };
    },
  };
}

function notFound(reason: string, transactionId?: string): HttpError {
  return new HttpError(404, 'DOCUMENT_NOT_FOUND', 'There is no such document.', {
    reason,
    ...(transactionId === undefined ? {} : { summary: { transactionId } }),
  });
}
