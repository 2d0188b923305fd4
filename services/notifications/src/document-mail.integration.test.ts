import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { renderPdf } from '@cloudnestle/invoice-pdf/render';
import { sampleCreditNote, sampleInvoice } from '@cloudnestle/invoice-pdf/testing/sample-documents';
import { buildDocumentEvent } from '@cloudnestle/payments/invoices/build-document-events';
import { readNumber } from '@cloudnestle/payments/invoices/numbers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { faults, strike } from './testing/faults.ts';
import { startNotifications } from './testing/setup.ts';

let test: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  test = await startNotifications();
});
afterAll(() => test?.stop());

let issued = 0;

/** An issued document of a buyer, as the invoices table has it, and the event that tells of it. */
async function issue(
  email: string,
  build: (invoice: InvoiceDocument) => InvoiceDocument = (invoice) => invoice,
  pdfSha256?: string,
) {
  issued += 1;
  const sample = build(sampleInvoice());
  const document = {
    ...sample,
    number: `${sample.number.slice(0, 6)}${String(issued).padStart(7, '0')}`,
    issuedAt: '2025-11-23T09:04:30.000Z',
    buyer: { ...sample.buyer, email },
  };
  const read = readNumber(document.number);
  const key = { pk: `order#${document.transactionId}`, sk: `TEST#${issued}` };
  await test.put('invoices', {
    pk: `series#${read?.series}`,
    sk: String(read?.sequence).padStart(7, '0'),
    documentPk: key.pk,
    documentSk: key.sk,
    at: document.issuedAt,
  });
  await test.put('invoices', {
    ...key,
    transactionId: document.transactionId,
    series: read?.series,
    from: 0,
    createdAt: document.issuedAt,
    // As the table keeps it: without what is undefined.
    document: JSON.parse(JSON.stringify(document)),
    pdfSha256: pdfSha256 ?? (await renderPdf(document)).sha256,
  });
  return { document, event: buildDocumentEvent(document, { producer: 'test', causationId: 't' }) };
}

const attachments = z.array(z.object({ filename: z.string(), content: z.string() }));
const mailsTo = async (email: string) =>
  (await test.cloud.inbox.emails())
    .filter(({ destination }) => destination.to.includes(email))
    .map((mail) => ({ subject: mail.subject, files: attachments.parse(mail.attachments) }));

it('brings an invoice as it was issued, once, however often it is told of', async () => {
  const scene = test.newScene();
  const email = `${scene.userId}@example.com`;
  const { document, event } = await issue(email);
  expect(await scene.deliver(event, event)).toBeLessThanOrEqual(1);
  expect(await scene.deliver(event)).toBe(0);
  const [mail, ...others] = await mailsTo(email);
  expect(others).toEqual([]);
  expect(mail?.subject).toBe(`Your invoice ${document.number}`);
  const { bytes } = await renderPdf(document);
  expect(mail?.files).toEqual([
    { filename: `${document.number}.pdf`, content: Buffer.from(bytes).toString('base64') },
  ]);
});

it('brings a credit note in a mail of its own', async () => {
  const scene = test.newScene();
  const email = `${scene.userId}@example.com`;
  const { document, event } = await issue(email, (invoice) =>
    sampleCreditNote(invoice, { beforeInPaisa: 0, amountInPaisa: 100_00 }),
  );
  await scene.deliver(event);
  expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual([
    `Your credit note ${document.number}`,
  ]);
});

it('sends none a second time where SES never said whether it took the first', async () => {
  const scene = test.newScene();
  const email = `${scene.userId}@example.com`;
  const { event, document } = await issue(email);
  strike(test.cloud, 'ses', faults.cutAfter);
  await scene.deliver(event);
  test.cloud.intercept(undefined);
  await scene.deliver(event);
  expect(await mailsTo(email)).toHaveLength(1);
  const item = await test.get('notifications', { notificationKey: `document#${document.number}` });
  expect(item).toMatchObject({ document: { state: 'unknown' } });
});

it('sends no page that is not as it was issued, and leaves the mail free', async () => {
  const scene = test.newScene();
  const email = `${scene.userId}@example.com`;
  const { event, document } = await issue(email, undefined, 'another hash');
  expect(await scene.deliver(event)).toBe(1);
  expect(await mailsTo(email)).toEqual([]);
  expect(
    await test.get('notifications', { notificationKey: `document#${document.number}` }),
  ).toBeUndefined();
});

it('skips an old document and an address that takes no mail, and says why', async () => {
  const scene = test.newScene();
  const old = await issue(`${scene.userId}@example.com`);
  scene.advance(31 * 86_400_000);
  const unusable = await issue('ren\u00E9@example.com');
  await scene.deliver(old.event, unusable.event);
  expect(scene.outcomes().toSorted()).toEqual([
    'skipped: address not ASCII before its @',
    'skipped: too old',
  ]);
});
