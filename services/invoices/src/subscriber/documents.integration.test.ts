import { documentItemSchema } from '@cloudnestle/contracts/items/invoice';
import { grossOf } from '@cloudnestle/payments/invoices/tax';
import type { Order } from '@cloudnestle/payments/order';
import { buildRecord, invokeQueue, invokeSchedule } from '@cloudnestle/runtime/testing/invoke';
import { sampleCatalogue, sampleRow } from '@cloudnestle/test-kit/samples';
import { describe, expect } from 'vitest';
import { it, type Subject } from '../testing/subject.ts';

const inKarnataka = { stateCode: '29', name: 'Asha Rao' } as const;
const company = { stateCode: '27', gstin: '27AAPFU0939F1ZV', name: 'Asha Textiles LLP' } as const;
const monthly = sampleCatalogue.plans.find(({ planId }) => planId === 'basic-monthly');

const numbersOf = async (subject: Subject, order: Order) => {
  const documents = (await subject.items())
    .filter((item) => item.pk === `order#${order.row.transactionId}` && item.document)
    .map((item) => item.document as { number: string; kind: string; totalInPaisa: number });
  return documents.map(({ number }) => number.slice(0, 5)).toSorted();
};

describe('the invoice of a paid order', () => {
  it('is one, with one number, however often the payment is told of', async ({ subject }) => {
    const order = await subject.addPaid({ billing: inKarnataka });
    const event = subject.completed(order);
    expect(await subject.deliver(event, event, event)).toBe(0);
    expect(await subject.deliver(event)).toBe(0);
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
    expect(await subject.invoiceOf(order)).toMatchObject({
      kind: 'TAX_INVOICE',
      tax: { taxableInPaisa: 253_38, cgstInPaisa: 22_81, sgstInPaisa: 22_81, igstInPaisa: 0 },
      buyer: { name: 'Asha Rao', stateCode: '29' },
      isPlaceOfSupplyAssumed: false,
      suppliedAt: '2025-11-23T09:04:00.000Z',
    });
  });

  it('is made out to a company in another State with IGST', async ({ subject }) => {
    const order = await subject.addPaid({ billing: company });
    await subject.deliver(subject.completed(order));
    expect(await subject.invoiceOf(order)).toMatchObject({
      tax: { scheme: 'INTER_STATE', taxableInPaisa: 253_39, igstInPaisa: 45_61 },
      buyer: { gstin: company.gstin },
    });
  });

  it('falls back on what the buyer said with an earlier order, else on the seller’s State, and says so', async ({
    subject,
  }) => {
    const known = await subject.addPaid();
    await subject.keepProfile(known.row.userId, company);
    const unknown = await subject.addPaid();
    await subject.deliver(subject.completed(known), subject.completed(unknown));
    expect(await subject.invoiceOf(known)).toMatchObject({
      buyer: { gstin: company.gstin },
      isPlaceOfSupplyAssumed: false,
    });
    expect(await subject.invoiceOf(unknown)).toMatchObject({
      buyer: { stateCode: '29' },
      isPlaceOfSupplyAssumed: true,
    });
  });

  it('waits until the books know whether the order is a duplicate', async ({ subject }) => {
    const order = await subject.addPaid({}, { isNoted: false });
    const event = subject.completed(order);
    expect(await subject.deliver(event)).toBe(1);
    expect(await numbersOf(subject, order)).toEqual([]);
    const { transactionId, userId, completedAt = '' } = order.row;
    await subject.paidOrders.remember({ userId, tier: 'pro' }, { transactionId, completedAt });
    expect(await subject.deliver(event)).toBe(0);
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
  });

  it('comes with a pass as soon as the row says paid', async ({ subject }) => {
    if (!monthly) throw new Error('the catalogue has no basic-monthly');
    const bought = { plan: monthly, tier: 'basic', amount: monthly.amountInPaisa };
    const order = await subject.addPaid(bought);
    expect(await subject.deliver(subject.completed(order))).toBe(0);
    expect(await subject.invoiceOf(order)).toMatchObject({
      line: { description: 'AWS Solution Finder: Basic, one month' },
      totalInPaisa: 99_00,
    });
  });

  it.for([
    ['revoked', { accessRevokedAt: '2025-11-23T09:04:30.000Z' }],
    ['duplicate', { duplicateOf: 'txn_MP-first' }],
  ] as const)('is none for an order that is %s', async ([why, changes], { subject }) => {
    const order = await subject.addPaid(changes);
    await subject.deliver(subject.completed(order));
    expect(subject.outcomes()).toEqual([`skipped: ${why}`]);
    expect(await numbersOf(subject, order)).toEqual([]);
  });

  it('is refused for an event that its order’s row does not bear out', async ({ subject }) => {
    const order = await subject.addPaid();
    const { detailType, detail } = subject.completed(order);
    const forged = { ...detail, data: { ...detail.data, userId: 'another-buyer' } };
    await subject.deliver({ detailType, detail: forged });
    expect(subject.outcomes()).toEqual(['dead-lettered']);
    expect(await numbersOf(subject, order)).toEqual([]);
  });
});

describe('a credit note', () => {
  it('takes back what went back, and all of them close the invoice to zero', async ({
    subject,
  }) => {
    const order = await subject.addPaid({ billing: inKarnataka });
    await subject.deliver(subject.completed(order));
    await subject.change(order, { refunds: { 'MR-1': 100_00 } });
    const part = subject.refunded(order, { refundId: 'MR-1', amountInPaisa: 100_00 });
    expect(await subject.deliver(part, part)).toBe(0);
    await subject.change(order, {
      refunds: { 'MR-1': 100_00, 'MR-2': 199_00 },
      accessRevokedAt: '2025-11-24T08:00:00.000Z',
    });
    const { userId, transactionId } = order.row;
    await subject.paidOrders.forget({ userId, tier: 'pro' }, transactionId);
    const rest = subject.refunded(order, { refundId: 'MR-2', amountInPaisa: 199_00 });
    expect(await subject.deliver(rest, part)).toBe(0);
    expect(await numbersOf(subject, order)).toEqual(['CRN25', 'CRN25', 'INV25']);
    const notes = (await subject.items())
      .filter(
        (item) => item.pk === `order#${transactionId}` && String(item.sk).startsWith('CREDIT'),
      )
      .flatMap((item) => documentItemSchema.parse(item).document ?? []);
    const sum = (part: 'taxableInPaisa' | 'cgstInPaisa' | 'sgstInPaisa') =>
      notes.reduce((total, { tax }) => total + tax[part], 0);
    expect([sum('taxableInPaisa'), sum('cgstInPaisa'), sum('sgstInPaisa')]).toEqual([
      253_38, 22_81, 22_81,
    ]);
    for (const { tax, totalInPaisa } of notes) expect(grossOf(tax)).toBe(totalInPaisa);
  });

  it('waits until the books have the refund', async ({ subject }) => {
    const order = await subject.addPaid();
    await subject.deliver(subject.completed(order));
    expect(await subject.deliver(subject.refunded(order))).toBe(1);
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
  });

  it('is none for what was charged twice and never invoiced', async ({ subject }) => {
    const order = await subject.addPaid({ completedAttempts: 2, refunds: { 'MR-1': 299_00 } });
    await subject.deliver(subject.completed(order), subject.refunded(order));
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
  });

  it('is none where the order never had an invoice', async ({ subject }) => {
    const order = await subject.addPaid({
      accessRevokedAt: '2025-11-24T08:00:00.000Z',
      refunds: { 'MR-1': 299_00 },
    });
    expect(await subject.deliver(subject.refunded(order))).toBe(0);
    expect(await numbersOf(subject, order)).toEqual([]);
  });

  it('follows an invoice that was issued while the refund was under way', async ({ subject }) => {
    const order = await subject.addPaid({ refunds: { 'MR-1': 100_00 } });
    await subject.deliver(subject.completed(order));
    expect(await numbersOf(subject, order)).toEqual(['CRN25', 'INV25']);
  });
});

describe('an order that turns out to be a duplicate', () => {
  it('has its invoice taken back by the payment that was first, once', async ({ subject }) => {
    const later = await subject.addPaid({
      userId: 'twice',
      completedAt: '2025-11-23T09:03:00.000Z',
    });
    await subject.deliver(subject.completed(later));
    const first = await subject.addPaid({
      userId: 'twice',
      completedAt: '2025-11-23T09:02:00.000Z',
    });
    const event = subject.completed(first);
    expect(await subject.deliver(event)).toBe(1);
    await subject.change(later, { duplicateOf: first.row.transactionId });
    expect(await subject.deliver(event, event, subject.completed(later))).toBe(0);
    expect(await numbersOf(subject, first)).toEqual(['INV25']);
    expect(await numbersOf(subject, later)).toEqual(['CRN25', 'INV25']);
  });

  it('is invoiced once the order before it is refunded in full and it stands alone', async ({
    subject,
  }) => {
    const first = await subject.addPaid({
      userId: 'moved',
      completedAt: '2025-11-23T09:02:00.000Z',
    });
    const other = await subject.addPaid({
      userId: 'moved',
      duplicateOf: first.row.transactionId,
      completedAt: '2025-11-23T09:03:00.000Z',
    });
    await subject.deliver(subject.completed(first), subject.completed(other));
    expect(await numbersOf(subject, other)).toEqual([]);
    await subject.change(first, {
      refunds: { 'MR-1': 299_00 },
      accessRevokedAt: '2025-11-24T08:00:00.000Z',
    });
    const refund = subject.refunded(first);
    // Reconciliation is half-way: the mark still stands.
    expect(await subject.deliver(refund)).toBe(1);
    const buyer = { userId: 'moved', tier: 'pro' };
    await subject.paidOrders.forget(buyer, first.row.transactionId);
    await subject.change(other, { duplicateOf: undefined });
    subject.platform.setNow(new Date('2025-11-24T09:00:00.000Z'));
    expect(await subject.deliver(refund)).toBe(0);
    expect(await numbersOf(subject, first)).toEqual(['CRN25', 'INV25']);
    expect(await numbersOf(subject, other)).toEqual(['INV25']);
  });
});

describe('a number', () => {
  it('that a dead delivery took is used by the next one, even if no invoice would be due any more', async ({
    subject,
  }) => {
    const order = await subject.addPaid();
    const dying = subject.newHandler({
      render: async () => {
        throw new Error('killed');
      },
    });
    await invokeQueue(dying, [buildRecord(subject.completed(order))]);
    await subject.change(order, { accessRevokedAt: '2025-11-23T09:06:00.000Z' });
    const { userId, transactionId } = order.row;
    await subject.paidOrders.forget({ userId, tier: 'pro' }, transactionId);
    expect(await subject.deliver(subject.completed(order))).toBe(0);
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
  });

  it('has a date that is never before that of the number before it, whatever the clock says', async ({
    subject,
  }) => {
    const [one, other] = [await subject.addPaid(), await subject.addPaid()];
    subject.platform.setNow(new Date('2025-12-01T00:00:00.000Z'));
    await subject.deliver(subject.completed(one));
    subject.platform.setNow(new Date('2025-11-30T23:59:00.000Z'));
    await subject.deliver(subject.completed(other));
    expect((await subject.invoiceOf(other))?.issuedAt).toBe('2025-12-01T00:00:00.000Z');
  });

  it('is of the financial year in which it is issued, which begins at 1', async ({ subject }) => {
    const order = await subject.addPaid({ completedAt: '2026-03-31T18:29:59.999Z' });
    subject.platform.setNow(new Date('2026-03-31T18:30:00.000Z'));
    await subject.deliver(subject.completed(order));
    expect(await subject.invoiceOf(order)).toMatchObject({
      number: 'INV26-0000001',
      suppliedAt: '2026-03-31T18:29:59.999Z',
    });
  });
});

describe('the sweep', () => {
  it('finishes what a dead letter left behind, and counts what is overdue', async ({ subject }) => {
    const stuck = await subject.addPaid({}, { isNoted: false });
    const done = await subject.addPaid({}, { isNoted: false });
    await subject.deliver(subject.completed(stuck), subject.completed(done));
    const { transactionId, userId, completedAt = '' } = done.row;
    await subject.paidOrders.remember({ userId, tier: 'pro' }, { transactionId, completedAt });
    const later = new Date(subject.platform.now().getTime() + 61 * 60_000);
    subject.platform.setNow(later);
    await invokeSchedule(subject.sweep());
    expect(await numbersOf(subject, done)).toEqual(['INV25']);
    expect(await numbersOf(subject, stuck)).toEqual([]);
    expect(subject.platform.gauged('DocumentsOverdue')).toBeGreaterThanOrEqual(1);
  });

  it('gives every order its turn, however many older ones no run can finish', async ({
    cloud,
    subject,
  }) => {
    const openSince = '2025-11-20T09:00:00.000Z';
    for (let count = 0; count < 60; count += 1) {
      const { transactionId } = sampleRow();
      await cloud.put('invoices', {
        pk: `order#${transactionId}`,
        sk: 'INVOICE#1',
        ...{ transactionId, series: 'INV25', from: 0, createdAt: openSince },
        ...{ openShard: 'OPEN#0', openSince },
      });
    }
    const order = await subject.addPaid({}, { isNoted: false });
    await subject.deliver(subject.completed(order));
    const { transactionId, userId, completedAt = '' } = order.row;
    await subject.paidOrders.remember({ userId, tier: 'pro' }, { transactionId, completedAt });
    for (const minutes of [11, 5]) {
      const now = subject.platform.now().getTime() + minutes * 60_000;
      subject.platform.setNow(new Date(now));
      await invokeSchedule(subject.sweep());
    }
    expect(await numbersOf(subject, order)).toEqual(['INV25']);
  });

  it('leaves an order whose payment will not complete, until it completes all the same', async ({
    subject,
  }) => {
    const at = '2025-11-23T09:30:00.000Z';
    const mismatched = {
      status: 'PENDING',
      attention: { MISMATCH: { since: at, detail: 'paid 29800 instead of 29900' } },
      refunds: { 'MR-1': 100_00 },
    } as const;
    const refundedOnly = { status: 'PENDING', refunds: { 'MR-1': 100_00 } } as const;
    const orders = [
      await subject.addPaid(mismatched),
      await subject.addPaid({ status: 'FAILED', failureReason: 'DECLINED' }),
      await subject.addPaid(refundedOnly),
    ];
    const [doubtful, failed, unpaid] = orders;
    if (!doubtful || !failed || !unpaid) throw new Error('three orders');
    const refund = { refundId: 'MR-1', amountInPaisa: 100_00 };
    expect(await subject.deliver(subject.refunded(doubtful, refund))).toBe(0);
    // Who was told of a payment waits for it; a refund may be recorded before its payment.
    expect(await subject.deliver(subject.completed(failed))).toBe(1);
    expect(await subject.deliver(subject.refunded(unpaid, refund))).toBe(1);
    const open = async () => {
      const ids = new Set(orders.map(({ row }) => row.transactionId));
      const items = await subject.items();
      return items.filter((item) => ids.has(String(item.transactionId)) && item.openShard).length;
    };
    expect(await open()).toBe(2);
    subject.platform.setNow(new Date(subject.platform.now().getTime() + 61 * 60_000));
    await invokeSchedule(subject.sweep());
    expect(await open()).toBe(0);

    subject.platform.setNow(new Date(subject.platform.now().getTime() + 11 * 60_000));
    for (const order of orders) {
      const { transactionId, userId, completedAt = '' } = order.row;
      await subject.change(order, { status: 'COMPLETED', attention: {} });
      await subject.paidOrders.remember({ userId, tier: 'pro' }, { transactionId, completedAt });
      expect(await subject.deliver(subject.completed(order))).toBe(0);
    }
    expect(await numbersOf(subject, doubtful)).toEqual(['CRN25', 'INV25']);
    expect(await numbersOf(subject, failed)).toEqual(['INV25']);
    expect(await numbersOf(subject, unpaid)).toEqual(['CRN25', 'INV25']);
  });
});
