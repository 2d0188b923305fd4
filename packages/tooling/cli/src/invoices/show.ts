import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import { renderChecked } from '@cloudnestle/invoice-pdf/render-checked';
import { findByNumber, findInvoice } from '@cloudnestle/operations/invoices/find-documents';
import { rupees } from '@cloudnestle/operations/invoices/gst-tables';
import { maskText } from '@cloudnestle/operations/words/mask';
import { readNumber } from '@cloudnestle/payments/invoices/numbers';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { print, tell } from '../output/print.ts';
import { expectOrderId } from '../read-order-id.ts';
import { shell } from '../shell.ts';

export interface InvoiceOptions {
  pdf?: string;
  reveal?: boolean;
  json?: boolean;
}

/** Finds one document, prints what it says, and writes its PDF where that is asked for. */
export async function runInvoice(
  which: string,
  { pdf, reveal = false, json = false }: InvoiceOptions,
): Promise<void> {
  const stage = await readEnvironment();
  const invoices = { dynamo: createDynamoClient(), table: stage.tables.invoices };
  const stored = readNumber(which)
    ? await findByNumber(invoices, which)
    : await findInvoice(invoices, expectOrderId(which));
  if (!stored) throw new CliError(`There is no document of ${which} on the stage ${stage.stage}.`);
  const document = reveal ? stored.document : maskBuyer(stored.document);
  print(json ? { ...document, pdfSha256: stored.pdfSha256 } : describe(document));
  if (pdf === undefined) return;
  // It names its buyer: for its owner's eyes alone.
  await writeFile(resolve(shell().folder, pdf), await renderChecked(stored), { mode: 0o600 });
  tell(`Written: ${pdf}`);
}

function maskBuyer(document: InvoiceDocument): InvoiceDocument {
  const { buyer } = document;
  return {
    ...document,
    buyer: {
      ...buyer,
      email: maskText(buyer.email),
      ...(buyer.name === undefined ? {} : { name: '***' }),
      ...(buyer.address === undefined ? {} : { address: '***' }),
    },
  };
}

function describe(document: InvoiceDocument): string {
  const { number, kind, issuedAt, credits, buyer, line, tax, totalInPaisa } = document;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['number', number],
    ['kind', kind],
    ['issued', issuedAt],
    ['order', document.transactionId],
    ['against', credits && `${credits.number}, ${credits.why}`],
    ['refund', credits?.refundId],
    ['for', line.description],
    ['SAC', line.sac],
    ['buyer', [buyer.name, buyer.email].filter(Boolean).join(', ')],
    ['GSTIN', buyer.gstin],
    ['State', `${buyer.stateCode}${document.isPlaceOfSupplyAssumed ? ', assumed' : ''}`],
    ['taxable value', rupees(tax.taxableInPaisa)],
    ['CGST', tax.cgstInPaisa > 0 ? rupees(tax.cgstInPaisa) : undefined],
    [
      tax.scheme === 'INTRA_UNION_TERRITORY' ? 'UTGST' : 'SGST',
      tax.sgstInPaisa > 0 ? rupees(tax.sgstInPaisa) : undefined,
    ],
    ['IGST', tax.igstInPaisa > 0 ? rupees(tax.igstInPaisa) : undefined],
    ['total', rupees(totalInPaisa)],
  ];
  return facts
    .flatMap(([label, value]) =>
      value === undefined ? [] : [`${label.padEnd(15)}${escapeUnprintable(value)}`],
    )
    .join('\n');
}
