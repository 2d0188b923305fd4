import type { Break } from './apply-break.ts';

/** What can go wrong with invoices and credit notes. */
export const invoiceBreaks: readonly Break[] = [
  {
    name: 'numberTwice',
    what: 'a number is given away although another document has it',
    place: 'services/invoices',
    find: "at: toTimestamp(at),\n            },\n            ConditionExpression: 'attribute_not_exists(pk)',",
    replace: 'at: toTimestamp(at),\n            },',
  },
  {
    name: 'numberSkipped',
    what: 'each document leaves a number out',
    place: 'services/invoices',
    find: 'sequence: (last?.sequence ?? 0) + 1,',
    replace: 'sequence: (last?.sequence ?? 0) + 2,',
  },
  {
    name: 'secondNumber',
    what: 'a delivery does not look for the number that one before it has taken for the same document',
    place: 'services/invoices',
    find: '    if (own) return own;',
    replace: '',
  },
  {
    name: 'datesRunBack',
    what: 'a document is dated by the clock of the function that issues it, also where that is behind',
    place: 'services/invoices',
    find: 'Math.max(now.getTime(), earliestMs)',
    replace: 'Math.max(now.getTime(), 0 * earliestMs)',
  },
  {
    name: 'refundNotCredited',
    what: 'a refund brings no credit note',
    place: 'services/invoices',
    find: 'await place(refundId, refunded, creditDue(order));',
    replace: '',
  },
  {
    name: 'creditsForgotten',
    what: 'what an invoice has credited so far is forgotten at the next credit',
    place: 'services/invoices',
    find: 'creditedInPaisa: creditedInPaisa + place.amountInPaisa,',
    replace: 'creditedInPaisa: place.amountInPaisa,',
  },
  {
    name: 'unpaidStaysOpen',
    what: 'the document of an order that will not be paid is tried for ever',
    place: 'services/invoices',
    find: "if (isUnpaid(row, payment)) return { kind: 'none', why: 'unpaid' };",
    replace: 'void isUnpaid;',
  },
];
