import { invoiceDocumentSchema } from '@cloudnestle/contracts/items/invoice';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { readText } from '@cloudnestle/invoice-pdf/testing/read-text';
import { makeInvoiceToken } from '@cloudnestle/payments/invoices/link-token';
import { readOrder } from '@cloudnestle/payments/order';
import { connectBus } from '@cloudnestle/runtime/bus';
import { sdkClients } from '@cloudnestle/runtime/clients/factories';
import { createSecretReader } from '@cloudnestle/runtime/secrets';
import { sampleCatalogue, sampleRefunded } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { demoUsers } from '../src/demo-users.ts';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import { createTestMarketplace, type TestMarketplace } from '../src/testing/test-marketplace.ts';

let run: LocalRun;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
});

const orderSchema = z.object({
  transactionId: z.string(),
  merchantOrderId: z.string(),
  redirectUrl: z.string(),
});

/** A buyer pays for Pro and says whom the invoice is made out to. */
async function pay(billing?: Record<string, string>, known?: { userId: string; email: string }) {
  const buyer = known ?? (await marketplace.addBuyer());
  const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
    ...{ userId: buyer.userId, userEmail: buyer.email, tier: 'pro', billing },
  });
  const order = orderSchema.parse(await answer.json());
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  return { buyer, order };
}

async function linkTo(transactionId: string): Promise<string> {
  const readSecret = createSecretReader(run.topology.secrets.tokenSecret);
  const { tokenSecret } = tokenSecretSchema.parse(await readSecret({ fresh: false }));
  const token = makeInvoiceToken(transactionId, tokenSecret);
  return `${run.url}/payments/invoices/${transactionId}?token=${token}`;
}

const accountSchema = z.object({
  payments: z.array(z.object({ transactionId: z.string(), invoiceUrl: z.string().optional() })),
});
const attachmentsSchema = z.array(z.object({ filename: z.string(), content: z.string() }));

/** Mails that bring a document to an address, with what they bring. */
async function documentsMailedTo(email: string) {
  const mails = (await run.cloud?.inbox.emails()) ?? [];
  return mails
    .filter(({ destination }) => destination.to.includes(email))
    .flatMap(({ subject, attachments }) =>
      attachmentsSchema.parse(attachments ?? []).map(({ filename, content }) => ({
        subject,
        filename,
        bytes: Buffer.from(content, 'base64'),
      })),
    );
}

const documentOf = async (transactionId: string, sk: string) => {
  const item = await marketplace.get('invoices', { pk: `order#${transactionId}`, sk });
  return invoiceDocumentSchema.parse(item?.document);
};

it('a buyer from Karnataka pays ₹299 and gets 253.38 + 22.81 + 22.81 by mail and by the link, the same bytes', async () => {
  const { buyer, order } = await pay({ stateCode: '29', name: 'Asha Rao' });
  const [mailed, ...others] = await documentsMailedTo(buyer.email);
  expect(others).toEqual([]);
  expect(mailed?.subject).toMatch(/^Your invoice INV\d\d-\d{7}$/);
  const { text } = await readText(mailed?.bytes ?? Buffer.from(''));
  for (const words of ['₹253.38', 'CGST at 9% ₹22.81', 'SGST at 9% ₹22.81', 'Total paid ₹299.00']) {
    expect(text).toContain(words);
  }
  const answer = await fetch(await linkTo(order.transactionId));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(Buffer.from(await answer.arrayBuffer()).equals(mailed?.bytes ?? Buffer.from(''))).toBe(
    true,
  );
});

it('the account of the storefront links to the invoice, and to none of what is not paid', async () => {
  const [{ userId, email } = { userId: '', email: '' }] = demoUsers;
  await marketplace.put('users', { userId, email });
  const accountOf = async () => {
    const answer = await fetch(`${run.url}/demo/account/${userId}`);
    return accountSchema.parse(await answer.json()).payments;
  };
  const { order } = await pay({ stateCode: '29' }, { userId, email });
  const [payment] = await accountOf();
  expect(payment?.transactionId).toBe(order.transactionId);
  const answer = await fetch(new URL(payment?.invoiceUrl ?? '', run.url));
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-disposition')).toMatch(/INV\d\d-\d{7}\.pdf/);
});

it('a wrong token, another order’s token and an order without a document are the same 404', async () => {
  const [one, other] = [await pay(), await pay()];
  const link = await linkTo(one.order.transactionId);
  const wrong = [
    link.replace(/token=.*/, 'token=wrong'),
    link.replace(one.order.transactionId, other.order.transactionId),
    await linkTo('txn_MP-unknown-1732356000-abc123'),
    `${link}&number=INV26-9999999`,
  ];
  for (const url of wrong) {
    const answer = await fetch(url);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'DOCUMENT_NOT_FOUND' } });
  }
});

it('a company in Maharashtra gets IGST of 45.61 on 253.39, with its GSTIN', async () => {
  const { buyer } = await pay({
    ...{ stateCode: '27', gstin: '27AAPFU0939F1ZV', name: 'Asha Textiles LLP' },
    address: '4 Hill Road, Mumbai 400050',
  });
  const [mailed] = await documentsMailedTo(buyer.email);
  const { text } = await readText(mailed?.bytes ?? Buffer.from(''));
  expect(text).toContain('₹253.39 IGST at 18% ₹45.61 Total paid ₹299.00');
  expect(text).toContain('GSTIN 27AAPFU0939F1ZV');
  expect(text).toContain('Place of supply Maharashtra (27)');
});

it('a refund of a part and one of the rest each bring a credit note, and they close the invoice', async () => {
  const { buyer, order } = await pay({ stateCode: '29' });
  const { transactionId } = order;
  const refund = async (
    refundId: string,
    amountInPaisa: number,
    refunds: Record<string, number>,
  ) => {
    const row = await marketplace.get('transactions', { transactionId });
    await marketplace.put('transactions', { ...row, refunds });
    const read = readOrder({ ...row, refunds }, sampleCatalogue);
    if (read.kind === 'unreadable') throw new Error(read.reason);
    const publish = connectBus(
      { EVENT_BUS_NAME: run.topology.bus.name },
      { ...sdkClients, random: Math.random, timeoutMs: 5000 },
    );
    await publish(sampleRefunded(read.order, { refundId, amountInPaisa }));
    await run.idle();
  };
  await refund('MR-part', 100_00, { 'MR-part': 100_00 });
  await refund('MR-rest', 199_00, { 'MR-part': 100_00, 'MR-rest': 199_00 });
  const [invoice, part, rest] = [
    await documentOf(transactionId, 'INVOICE#1'),
    await documentOf(transactionId, 'CREDIT#1#MR-part'),
    await documentOf(transactionId, 'CREDIT#1#MR-rest'),
  ];
  for (const head of ['taxableInPaisa', 'cgstInPaisa', 'sgstInPaisa'] as const) {
    expect(part.tax[head] + rest.tax[head]).toBe(invoice.tax[head]);
  }
  const mailed = await documentsMailedTo(buyer.email);
  expect(mailed.map(({ filename }) => filename).toSorted()).toEqual(
    [invoice, part, rest].map(({ number }) => `${number}.pdf`).toSorted(),
  );
  const note = await fetch(`${await linkTo(transactionId)}&number=${part.number}`);
  const { text } = await readText(Buffer.from(await note.arrayBuffer()));
  expect(text).toContain(`Against ${invoice.number}`);
  expect(text).toContain('Total credited ₹100.00');
});
