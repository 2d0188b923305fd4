import type { DaysReport, Line } from '@cloudnestle/operations/reconcile/report-lines';
import { describe, expect, it } from 'vitest';
import { formatReport } from './report.ts';

const sound: Line = {
  transactionId: 'txn_MP-1',
  createdAt: '2026-01-31T04:00:00.000Z',
  userId: 'uuid-1',
  amountInPaisa: 29_900,
  timesPaid: 1,
  tier: 'pro',
  status: 'COMPLETED',
  gatewayStatus: 'COMPLETED',
  paymentMode: 'UPI',
  utr: '123456789012',
  settlementDate: '2026-02-02',
  discrepancies: [],
  published: '',
  attention: [],
  ended: [],
  problem: '',
  isLeftToDo: false,
};
const unheard: Line = {
  ...sound,
  transactionId: 'txn_MP-2',
  status: 'PENDING',
  discrepancies: ['NOT_RECORDED'],
  isLeftToDo: true,
};
const mended: Line = { ...unheard, published: 'PaymentCompleted', isLeftToDo: false };
const unreadable: Line = { ...sound, status: 'UNREADABLE', problem: 'no plan', isLeftToDo: true };

function report(lines: Line[], repair = false): DaysReport {
  return { stage: 'local', from: '2026-01-31', to: '2026-01-31', repair, lines, paidBack: [] };
}

describe('for people', () => {
  it('counts orders and money by what our books say', () => {
    const text = formatReport(report([sound, sound, unheard]), 'table');
    expect(text).toMatch(/COMPLETED +│ 2 +│ ₹598/);
    expect(text).toMatch(/PENDING +│ 1 +│ ₹299/);
  });

  it('tells what went back by its day, gross and net', () => {
    const paidBack = [
      { day: '2026-01-30', refunds: 2, amountInPaisa: 10_000 },
      { day: '2026-01-31', refunds: 1, amountInPaisa: 29_900 },
    ];
    const twice = { ...sound, timesPaid: 2 };
    const days = { ...report([sound, twice, unheard]), paidBack };
    const text = formatReport(days, 'table');
    expect(text).toMatch(/2026-01-30 +│ 2 +│ ₹100/);
    expect(text).toContain('Gross ₹897, paid back ₹399, net ₹498.');
    expect(formatReport(days, 'json')).toMatchObject({
      money: { grossInPaisa: 89_700, refundedInPaisa: 39_900, netInPaisa: 49_800 },
    });
    expect(formatReport({ ...report([]), paidBack }, 'table')).toContain('net -₹399.');
  });

  it('names only what is not as it should be', () => {
    const text = formatReport(report([sound, unheard]), 'table');
    expect(text).toContain('txn_MP-2');
    expect(text).not.toContain('txn_MP-1');
    expect(text).toContain('Not as it should be: 1. Repaired: 0. Left: 1. Nothing was published');
  });

  it('says what was repaired and what is left', () => {
    const text = formatReport(report([mended, unreadable], true), 'table');
    expect(text).toContain('published PaymentCompleted');
    expect(text).toContain('no plan');
    expect(text).toMatch(/Not as it should be: 2\. Repaired: 1\. Left: 1\.$/);
  });

  it('says so where everything agrees', () => {
    expect(formatReport(report([sound]), 'table')).toContain('Everything agrees with the gateway.');
  });
});

it('as CSV, a text that a spreadsheet would compute stays a text', () => {
  const csv = formatReport(report([{ ...sound, problem: '=HYPERLINK("x")' }]), 'csv');
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
});

it('as data, has totals and every order', () => {
  expect(formatReport(report([sound, mended], true), 'json')).toMatchObject({
    totals: [
      { status: 'COMPLETED', orders: 1, amountInPaisa: 29_900 },
      { status: 'PENDING', orders: 1, amountInPaisa: 29_900 },
    ],
    lines: [{ transactionId: 'txn_MP-1' }, { published: 'PaymentCompleted' }],
  });
});
