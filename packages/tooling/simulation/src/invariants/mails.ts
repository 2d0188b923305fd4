import {
  type MailKind,
  type NotificationItem,
  notificationItemSchema,
} from '@cloudnestle/contracts/items/notification';
import { planSchema } from '@cloudnestle/contracts/plan';
import { findWindow } from '@cloudnestle/payments/access/windows';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Item } from '../aws/dynamo.ts';
import type { Mail } from '../aws/ses.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { trueGrants } from '../world/true-grants.ts';

/** One mail that SES took. */
interface Taken {
  kind: MailKind;
  merchantOrderId: string;
  messageId: string;
  /** Of a mail about a refund: an order may have several. */
  refundId?: string | undefined;
  /** Of the welcome kind, and no confirmation of a pass bought again. */
  isWelcome: boolean;
  /** Of a mail that brings a document. */
  documentNumber?: string | undefined;
}

const kindOfSubject: readonly [RegExp, MailKind][] = [
  [/Initiated/, 'initiated'],
  [/Welcome/, 'welcome'],
  [/Failed/, 'failed'],
  [/ends on/, 'ending'],
  [/has ended/, 'ended'],
  // Of a pass that was bought again.
  [/ is (yours|extended)/, 'welcome'],
  [/ refunded/, 'refunded'],
  [/^Your (invoice|receipt|credit note) /, 'document'],
];

function readMail({ subject, text = '', messageId }: Mail): Taken | undefined {
  const kind = kindOfSubject.find(([pattern]) => pattern.test(subject))?.[1];
  const merchantOrderId = /MP-[\w-]+/.exec(text)?.[0];
  const refundId = kind === 'refunded' ? /Refund ID:? +(\S+)/.exec(text)?.[1] : undefined;
  const documentNumber = /(?:INV|CRN)\d\d-\d{7}$/.exec(subject)?.[0];
  const isWelcome = /Welcome/.test(subject);
  return kind && merchantOrderId
    ? { kind, merchantOrderId, refundId, documentNumber, messageId, isWelcome }
    : undefined;
}

/** At most one mail of a kind is sent for an order, one welcome for a buyer, and none that is not true. */
export function oneMailOfAKind({ truth, watch, scheduler, gateway }: Simulation): Invariant {
  const taken = new Set<string>();
  const welcomed = new Map<string, string>();
  const completedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'oneMailOfAKind',
    rule: 'at most one mail of a kind is sent, to the buyer, and it is true (rules 7 and 8)',
    mailed: (mail) => {
      const read = readMail(mail);
      if (!read)
        return watch.report(
          invariant,
          mail.messageId,
          `a mail without kind or order: ${mail.subject}`,
        );
      const { kind, merchantOrderId, refundId, documentNumber, isWelcome } = read;
      const row = truth.row(merchantOrderId);
      const report = (what: string) => watch.report(invariant, merchantOrderId, what);
      if (!row) return report('a mail about no order');
      const about = `${kind} ${documentNumber ?? refundId ?? merchantOrderId}`;
      if (taken.has(about)) report(`a second ${kind} mail`);
      taken.add(about);
      if (
        kind === 'refunded' &&
        gateway.engine.refunds.get(refundId ?? '')?.state !== 'COMPLETED'
      ) {
        report(`told of refund ${refundId}, which the gateway has not made`);
      }
      if (kind === 'document' && mail.attachments[0]?.fileName !== `${documentNumber}.pdf`) {
        report('a mail without its document');
      }
      if (!mail.recipients.includes(String(row.userEmail)))
        report(`${kind} mail to another address`);
      if (kind === 'welcome' && !truth.isPaid(merchantOrderId)) {
        report('a welcome mail for an unpaid order');
      }
      if (kind === 'ended') checkEnded(merchantOrderId, row);
      if (isWelcome) {
        const { planId } = planSchema.parse(row.plan);
        const userId = `${row.userId} ${planId}`;
        const before = welcomed.get(userId);
        const isRevoked = before !== undefined && truth.row(before)?.accessRevokedAt !== undefined;
        if (before !== undefined && !isRevoked) report(`a second welcome, after that of ${before}`);
        welcomed.set(userId, merchantOrderId);
      }
    },
    changed: ({ table, after }) => {
      if (table !== defaultTableNames.transactions || after?.status !== 'COMPLETED') return;
      const id = String(after.transactionId);
      if (!completedAtMs.has(id)) completedAtMs.set(id, scheduler.nowMs());
    },
    // A payment that comes while the mail is on its way makes it untimely, and is no fault of who sent it.
    logged: ({ message, fields: { unit, outcome, detailType, transactionId, durationMs } }) => {
      if (message !== 'summary' || unit !== 'notifications' || outcome !== 'applied') return;
      if (detailType !== 'PaymentFailed') return;
      const completedMs = completedAtMs.get(String(transactionId)) ?? Number.POSITIVE_INFINITY;
      if (completedMs >= scheduler.nowMs() - Number(durationMs)) return;
      const id = String(transactionId).replace(/^txn_/, '');
      watch.report(invariant, id, 'a failure mail for an order that was paid before');
    },
  };
  const checkEnded = (id: string, row: Item) => {
    const paid = trueGrants(truth, String(row.userId));
    const window = findWindow(paid, String(row.transactionId));
    if (window && window.until <= scheduler.nowMs() + CLOCKS_APART_MS) return;
    watch.report(invariant, id, 'told that the plan has ended, and it runs');
  };
  return invariant;
}

const CLOCKS_APART_MS = 20_000;

/** Whatever SES took is noted as sent or as a doubt, and whatever is noted as sent was taken. */
export function mailsAreNoted({ watch, aws, truth }: Simulation): Invariant {
  const taken: Taken[] = [];
  const invariant: Invariant = {
    name: 'mailsAreNoted',
    rule: 'every mail that was sent is known, and every doubt is listed (rule 8)',
    mailed: (mail) => {
      const read = readMail(mail);
      if (read) taken.push(read);
    },
    atEnd: () => {
      const messageIds = new Set(taken.map(({ messageId }) => messageId));
      for (const { kind, merchantOrderId, refundId, documentNumber } of taken) {
        const state = itemOf(merchantOrderId, { refundId, documentNumber })?.[kind]?.state;
        if (state !== 'sent' && state !== 'unknown') {
          watch.report(invariant, merchantOrderId, `${kind} mail was sent, noted as ${state}`);
        }
      }
      for (const id of truth.orders()) {
        const item = itemOf(id);
        for (const kind of ['initiated', 'welcome', 'failed', 'ending', 'ended'] as const) {
          const mail = item?.[kind];
          if (mail?.state === 'sent' && !messageIds.has(mail.messageId)) {
            watch.report(invariant, id, `${kind} mail noted as sent, and SES never took it`);
          }
          if (mail?.state === 'sending') {
            watch.report(invariant, id, `${kind} mail claimed for good`);
          }
        }
      }
    },
  };
  const itemOf = (
    merchantOrderId: string,
    of: Pick<Taken, 'refundId' | 'documentNumber'> = {},
  ): NotificationItem | undefined => {
    const { refundId, documentNumber } = of;
    const order = `order#${toTransactionId(merchantOrderId)}`;
    const own = refundId === undefined ? order : `refund#${refundId}`;
    const notificationKey = documentNumber === undefined ? own : `document#${documentNumber}`;
    const item = aws.dynamo.peek(defaultTableNames.notifications, { notificationKey });
    return item && notificationItemSchema.parse(item);
  };
  return invariant;
}
