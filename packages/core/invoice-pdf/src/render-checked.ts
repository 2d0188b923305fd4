import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { renderPdf } from './render.ts';

/**
 * The PDF of a document as it was when it was issued. Throws where it comes out otherwise: rather none than another one
 * under the same number.
 */
export async function renderChecked(stored: {
  document: InvoiceDocument;
  pdfSha256: string;
}): Promise<Uint8Array> {
  const { bytes, sha256 } = await renderPdf(stored.document);
  if (sha256 === stored.pdfSha256) return bytes;
  throw new Error(`the PDF of ${stored.document.number} is not as it was issued: ${sha256}`);
}
