import { findState } from '@cloudnestle/contracts/india/states';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { amountInWords } from '@cloudnestle/payments/invoices/in-words';
import { istDay } from '@cloudnestle/payments/ist';

/** A label and what stands beside it. */
export interface Fact {
  label: string;
  value: string;
}

/** A document in words: all that its page says, and nothing of how it looks. */
export interface DescribedDocument {
  title: string;
  number: string;
  date: string;
  seller: { name: string; lines: readonly string[] };
  buyer: { title: string; name: string; lines: readonly string[] };
  facts: readonly Fact[];
  table: { head: readonly string[]; row: readonly string[] };
  sums: readonly Fact[];
  total: Fact;
  inWords: string;
  notes: readonly string[];
  signatory: readonly string[];
}

/** What an issued document says. Follows from its record alone. */
export function describeDocument(document: InvoiceDocument): DescribedDocument {
  const { seller, buyer, line, tax, totalInPaisa, number, issuedAt } = document;
  const heads = listHeads(document);
  const columns: readonly Fact[] = [
    { label: 'Description', value: line.description },
    ...(line.sac === undefined ? [] : [{ label: 'SAC', value: line.sac }]),
    ...(tax.scheme === 'NONE'
      ? []
      : [
          { label: 'Taxable value', value: formatAmount(tax.taxableInPaisa) },
          ...heads.map(({ name, rate, inPaisa }) => ({
            label: `${name} ${rate}`,
            value: formatAmount(inPaisa),
          })),
        ]),
    { label: 'Total', value: formatAmount(totalInPaisa) },
  ];
  return {
    title: titleOf(document),
    number,
    date: formatDay(issuedAt),
    seller: {
      name: seller.legalName,
      lines: [
        seller.address,
        ...(seller.gstin === undefined ? [] : [`GSTIN ${seller.gstin}`]),
        `State ${nameState(seller.stateCode)}`,
      ],
    },
    buyer: {
      title: document.credits ? 'Credited to' : 'Billed to',
      name: buyer.name ?? buyer.email,
      lines: [
        ...(buyer.name === undefined ? [] : [buyer.email]),
        ...(buyer.address === undefined ? [] : [buyer.address]),
        ...(buyer.gstin === undefined ? [] : [`GSTIN ${buyer.gstin}`]),
        `State ${nameState(buyer.stateCode)}`,
      ],
    },
    facts: listFacts(document),
    table: { head: columns.map(({ label }) => label), row: columns.map(({ value }) => value) },
    sums:
      tax.scheme === 'NONE'
        ? []
        : [
            { label: 'Taxable value', value: formatMoney(tax.taxableInPaisa) },
            ...heads.map(({ name, rate, inPaisa }) => ({
              label: `${name} at ${rate}`,
              value: formatMoney(inPaisa),
            })),
          ],
    total: {
      label: document.credits ? 'Total credited' : 'Total paid',
      value: formatMoney(totalInPaisa),
    },
    inWords: amountInWords(totalInPaisa),
    notes: listNotes(document),
    signatory: [`For ${seller.legalName}`, ...(seller.signatory ? [seller.signatory] : [])],
  };
}

/** What the document is called, in its file's properties as on its page. */
export function titleOf({ kind, seller }: InvoiceDocument): string {
  switch (kind) {
    case 'TAX_INVOICE':
      return 'Tax Invoice';
    case 'RECEIPT':
      return 'Receipt';
    case 'CREDIT_NOTE':
      return seller.gstin === undefined ? 'Refund Note' : 'Credit Note';
  }
}

function listHeads({ tax }: InvoiceDocument): { name: string; rate: string; inPaisa: number }[] {
  const { scheme, ratePercent, cgstInPaisa, sgstInPaisa, igstInPaisa } = tax;
  const half = `${ratePercent / 2}%`;
  switch (scheme) {
    case 'NONE':
      return [];
    case 'INTER_STATE':
      return [{ name: 'IGST', rate: `${ratePercent}%`, inPaisa: igstInPaisa }];
    case 'INTRA_STATE':
    case 'INTRA_UNION_TERRITORY':
      return [
        { name: 'CGST', rate: half, inPaisa: cgstInPaisa },
        {
          name: scheme === 'INTRA_STATE' ? 'SGST' : 'UTGST',
          rate: half,
          inPaisa: sgstInPaisa,
        },
      ];
  }
}

function listFacts({
  buyer,
  credits,
  suppliedAt,
  merchantOrderId,
  tax,
}: InvoiceDocument): readonly Fact[] {
  return [
    ...(credits
      ? [
          { label: 'Against', value: `${credits.number} of ${formatDay(credits.issuedAt)}` },
          {
            label: 'Reason',
            value: credits.why === 'REFUND' ? 'Refund' : 'Paid twice: the order was a duplicate',
          },
          ...(credits.refundId === undefined ? [] : [{ label: 'Refund', value: credits.refundId }]),
        ]
      : []),
    { label: 'Order', value: merchantOrderId },
    ...(suppliedAt === undefined
      ? []
      : [{ label: credits ? 'Refunded on' : 'Paid on', value: formatDay(suppliedAt) }]),
    ...(tax.scheme === 'NONE'
      ? []
      : [
          { label: 'Place of supply', value: nameState(buyer.stateCode) },
          { label: 'Reverse charge', value: 'No' },
        ]),
  ];
}

function listNotes({ kind, tax }: InvoiceDocument): readonly string[] {
  return [
    ...(kind === 'CREDIT_NOTE'
      ? []
      : [
          tax.scheme === 'NONE'
            ? 'Paid in full. The seller is not registered for GST, and no tax was charged.'
            : 'Paid in full. The price includes GST.',
        ]),
    'Issued electronically under the Information Technology Act, 2000; it needs no signature.',
  ];
}

function nameState(code: string): string {
  return `${findState(code)?.name ?? code} (${code})`;
}

/** `2,541.53`, as amounts in tables are read: always with paise. */
function formatAmount(inPaisa: number): string {
  const rupees = Math.trunc(inPaisa / 100).toLocaleString('en-IN');
  return `${rupees}.${String(inPaisa % 100).padStart(2, '0')}`;
}

function formatMoney(inPaisa: number): string {
  return `₹${formatAmount(inPaisa)}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28 Nov 2026` in India. Spelled here: the words of a runtime's own calendar change with its version, and with them the bytes. */
function formatDay(timestamp: string): string {
  const day = istDay(new Date(timestamp));
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
}
