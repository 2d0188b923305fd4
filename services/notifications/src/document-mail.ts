import { creditNoteIssued } from '@cloudnestle/contracts/events/credit-note-issued';
import { invoiceIssued } from '@cloudnestle/contracts/events/invoice-issued';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type { StoredDocument } from '@cloudnestle/operations/invoices/find-documents';
import { toMailAddress } from '@cloudnestle/operations/mails/mail-address';
import { formatRupees } from '@cloudnestle/payments/money';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { sendOnce } from './deliver-mail.ts';
import type { NotifyDependencies } from './dependencies.ts';
import { type Mail, type MailContent, renderHtml, renderText } from './mail/layout.ts';
import { skipKnownMail } from './settle-found.ts';

export const documentContracts = [invoiceIssued, creditNoteIssued] as const;
export type DocumentEvent = ReceivedEvent<(typeof documentContracts)[number]>;

const DAY_MS = 86_400_000;
/** An older document is no news: its buyer has it in the account. */
const DOCUMENT_MAIL_MAX_AGE_MS = 30 * DAY_MS;

/**
 * The one mail that brings an invoice or a credit note, as an attachment, however often the document is told of (rule 8). Whom it
 * goes to, and all that it says, comes from the document itself.
 */
export async function deliverDocument(
  deps: NotifyDependencies,
  { data, detailType }: DocumentEvent,
): Promise<RecordOutcome> {
  const startedAt = deps.platform.now();
  const { documentNumber, transactionId } = data;
  const stored = await deps.findDocument({
    number: documentNumber,
    ...(detailType === 'InvoiceIssued' ? { invoiceOf: transactionId } : {}),
  });
  if (!stored) throw new RetryLaterError(`there is no document ${documentNumber} yet`);
  const mail = { transactionId, kind: 'document', documentNumber } as const;
  const recipient = toMailAddress(stored.document.buyer.email);
  const ageMs = startedAt.getTime() - new Date(stored.document.issuedAt).getTime();
  if (recipient.kind === 'unusable') return skipKnownMail(deps, mail, recipient.why);
  if (ageMs > DOCUMENT_MAIL_MAX_AGE_MS) return skipKnownMail(deps, mail, 'too old');
  // Before the claim: a page that cannot be set leaves the mail free.
  const content = await buildDocumentMail(deps, stored);
  return sendOnce(
    deps,
    { mail, to: stored.document.buyer.email, content, objection: () => undefined },
    startedAt,
  );
}

async function buildDocumentMail(
  { links, renderDocument }: NotifyDependencies,
  stored: StoredDocument,
): Promise<Mail> {
  const content = describeDocumentMail(stored.document);
  return {
    subject: content.subject,
    html: await renderHtml(content, links),
    text: renderText(content, links),
    attachment: {
      name: `${stored.document.number}.pdf`,
      contentType: 'application/pdf',
      bytes: await renderDocument(stored),
    },
  };
}

function describeDocumentMail(document: InvoiceDocument): MailContent {
  const { number, credits, totalInPaisa, merchantOrderId, kind } = document;
  const amount = formatRupees(totalInPaisa);
  if (credits) {
    return {
      subject: `Your credit note ${number}`,
      preview: `${amount} of invoice ${credits.number} is credited.`,
      heading: 'Your credit note',
      intro: `Attached is credit note ${number} over ${amount}. It takes that much of invoice ${credits.number} back.`,
      status: { label: 'Credited', tone: 'good' },
      facts: [
        { label: 'Credit note', value: number },
        { label: 'Invoice', value: credits.number },
        { label: 'Order ID', value: merchantOrderId },
        { label: 'Amount', value: amount },
      ],
      closing: ['Please keep it with the invoice: your books need both.'],
    };
  }
  const name = kind === 'RECEIPT' ? 'receipt' : 'invoice';
  return {
    subject: `Your ${name} ${number}`,
    preview: `${amount}, paid. The ${name} is attached.`,
    heading: `Your ${name}`,
    intro: `Attached is your ${name} ${number} over ${amount}, which you have paid. There is nothing to do.`,
    status: { label: 'Paid', tone: 'good' },
    facts: [
      { label: name === 'invoice' ? 'Invoice' : 'Receipt', value: number },
      { label: 'For', value: document.line.description },
      { label: 'Order ID', value: merchantOrderId },
      { label: 'Amount', value: amount },
    ],
    closing: ['You can also download it from your account at any time.'],
  };
}
