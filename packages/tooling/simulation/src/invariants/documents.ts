import { type DocumentItem, documentItemSchema } from '@cloudnestle/contracts/items/invoice';
import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { toMerchantOrderId } from '@cloudnestle/payments/order-ids';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

const { invoices } = defaultTableNames;

/**
 * Numbers of documents have no gap at any moment, none is given twice or changed, and their dates never run back; what was issued
 * is never changed.
 */
export function numbersHaveNoGap({ watch }: Simulation): Invariant {
  /** Series -> its last number and that one's date. */
  const last = new Map<string, { sequence: number; at: string }>();
  /** Which document has which number, both ways. */
  const owners = new Map<string, string>();
  const invariant: Invariant = {
    name: 'numbersHaveNoGap',
    rule: 'documents are numbered without a gap, each number once, dates in order, and are never changed (rule 1)',
    changed: ({ table, before, after }) => {
      if (table !== invoices) return;
      const series = String((after ?? before)?.pk);
      const report = (what: string) => watch.report(invariant, series, what);
      if (!series.startsWith('series#')) {
        const issued = before?.document;
        if (issued === undefined) return;
        if (JSON.stringify(after?.document) !== JSON.stringify(issued)) {
          report(`an issued document was changed: ${String(before?.sk)}`);
        }
        return;
      }
      if (before !== undefined || after === undefined) return report('a given number was changed');
      const { sequence, at } = last.get(series) ?? { sequence: 0, at: '' };
      const number = Number(after.sk);
      if (number !== sequence + 1) report(`${String(after.sk)} follows ${sequence}`);
      if (String(after.at) < at) report(`${String(after.sk)} is dated before the one before it`);
      const owner = `${String(after.documentPk)} ${String(after.documentSk)}`;
      const other = owners.get(owner);
      if (other !== undefined) report(`${owner} has ${other} and ${series} ${number}`);
      owners.set(owner, `${series} ${number}`);
      last.set(series, { sequence: number, at: String(after.at) });
    },
  };
  return invariant;
}

/**
 * In the end every number has its document; a paid order that stands has one invoice, and what went back of it has been credited
 * to the paisa. An order whose events lie in a dead-letter queue waits for an operator.
 */
export function documentsAreWhole({ watch, truth, aws }: Simulation): Invariant {
  const items = new Map<string, DocumentItem>();
  const numbers = new Map<string, string>();
  const letters = new Set<string>();
  const note = (body: string): void => {
    const order = /"correlationId":"([^"]*)"/.exec(body)?.[1];
    if (order) letters.add(order);
  };
  const invariant: Invariant = {
    name: 'documentsAreWhole',
    rule: 'one invoice for each paid order that stands, one credit note for each refund, sums that close, and none stays open (rules 1 and 12)',
    changed: ({ table, after }) => {
      if (table !== invoices || !after) return;
      if (String(after.pk).startsWith('series#')) {
        numbers.set(
          `${String(after.pk)} ${String(after.sk)}`,
          `${String(after.documentPk)} ${String(after.documentSk)}`,
        );
        return;
      }
      items.set(`${String(after.pk)} ${String(after.sk)}`, documentItemSchema.parse(after));
    },
    messageSent: (queue, body) => {
      if (queue.endsWith('-invoices-dlq')) note(body);
    },
    atEnd: () => {
      // The bus could not hand it to the queue of invoices, or to another one: an operator replays it.
      for (const { body } of aws.sqs.messages(topology.deliveryDeadLetterQueue)) note(body);
      for (const [number, owner] of numbers) {
        const item = items.get(owner);
        if (item?.document === undefined && !letters.has(String(item?.transactionId))) {
          watch.report(invariant, number, `no document, it is of ${owner}`);
        }
      }
      for (const { openShard, transactionId, sk } of items.values()) {
        const id = toMerchantOrderId(transactionId);
        if (openShard === undefined) continue;
        const isUnpaid = willNotBePaid(truth.row(id) ?? {});
        if (isUnpaid || !letters.has(transactionId)) {
          watch.report(
            invariant,
            id,
            `${sk} is still open, ${isUnpaid ? 'and never due' : 'and due'}`,
          );
        }
      }
      for (const item of items.values()) {
        const { document, transactionId, credits = {}, creditedInPaisa = 0, sk } = item;
        if (document === undefined || !sk.startsWith('INVOICE#')) continue;
        const id = toMerchantOrderId(transactionId);
        const report = (what: string) => watch.report(invariant, id, what);
        if (!truth.isPaid(id)) report('an invoice for an unpaid order');
        const sum = Object.values(credits).reduce((all, each) => all + each.amountInPaisa, 0);
        if (sum !== creditedInPaisa || sum > document.totalInPaisa) report('credits do not add up');
        for (const [name, place] of Object.entries(credits)) {
          const note = items.get(`${item.pk} CREDIT#${sk.slice(8)}#${name}`);
          if (note?.document?.totalInPaisa !== place.amountInPaisa && !letters.has(transactionId)) {
            report(`no credit note for ${name}`);
          }
        }
        const later = items.get(`${item.pk} INVOICE#${Number(sk.slice(8)) + 1}`);
        const due = dueBack(truth.row(id) ?? {}, document.totalInPaisa);
        const isRight = creditedInPaisa >= due.least && creditedInPaisa <= due.most;
        // One that another took the place of went back as a duplicate's, whatever became of the order since.
        if (!later?.document && !isRight && !letters.has(transactionId)) {
          report(`${creditedInPaisa} paisa credited, and ${due.least} to ${due.most} went back`);
        }
      }
      for (const id of truth.orders()) {
        const row = truth.row(id);
        if (row?.status !== 'COMPLETED' || row.accessRevokedAt !== undefined) continue;
        const transactionId = String(row.transactionId);
        if (row.duplicateOf !== undefined || letters.has(transactionId)) continue;
        const standing = [...items.values()].filter(
          (item) =>
            item.transactionId === transactionId &&
            item.sk.startsWith('INVOICE#') &&
            item.document !== undefined &&
            item.credits?.duplicate === undefined,
        );
        if (standing.length !== 1) {
          watch.report(invariant, id, `${standing.length} standing invoices of a paid order`);
        }
      }
    },
  };
  return invariant;
}

/** The books say that the payment will not complete: an operator may find out otherwise, and then that is published. */
function willNotBePaid(row: Item): boolean {
  if (row.status === 'COMPLETED') return false;
  const isMismatch =
    needsAttention(row, 'MISMATCH') || readResolution(row, 'MISMATCH') !== undefined;
  return row.status === 'FAILED' || isMismatch || row.refunds !== undefined;
}

/**
 * What of an invoice must have been taken back: all of a duplicate's that stands; else what was refunded, less what was charged
 * more than once and never invoiced. What went back before it was known that a second attempt had completed was credited rightly.
 */
function dueBack(row: Record<string, unknown>, gross: number): { least: number; most: number } {
  if (row.duplicateOf !== undefined && row.accessRevokedAt === undefined) {
    return { least: gross, most: gross };
  }
  const refunds = Object.values(refundsSchema.parse(row.refunds ?? {}));
  const attempts = attemptsSchema.parse(row.completedAttempts ?? 1);
  const refunded = refunds.reduce((sum, each) => sum + each, 0);
  const within = (paisa: number) => Math.min(Math.max(paisa, 0), gross);
  return { least: within(refunded - (attempts - 1) * gross), most: within(refunded) };
}

const refundsSchema = z.record(z.string(), z.number());
const attemptsSchema = z.number();
