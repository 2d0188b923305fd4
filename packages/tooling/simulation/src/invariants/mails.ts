import {
  type MailKind,
  type NotificationItem,
  notificationItemSchema,
} from '@cloudnestle/contracts/items/notification';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Mail } from '../aws/ses.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

/** One mail that SES took. */
interface Taken {
  kind: MailKind;
  merchantOrderId: string;
  messageId: string;
  /** Of a mail that brings a document. */
  documentNumber: string | undefined;
}

const kindOfSubject: readonly [RegExp, MailKind][] = [
  [/Initiated/, 'initiated'],
  [/Welcome/, 'welcome'],
  [/Failed/, 'failed'],
  [/^Your (invoice|receipt|credit note) /, 'document'],
];

function readMail({ subject, text = '', messageId }: Mail): Taken | undefined {
  const kind = kindOfSubject.find(([pattern]) => pattern.test(subject))?.[1];
  const merchantOrderId = /MP-[\w-]+/.exec(text)?.[0];
  const documentNumber = /(?:INV|CRN)\d\d-\d{7}$/.exec(subject)?.[0];
  return kind && merchantOrderId ? { kind, merchantOrderId, messageId, documentNumber } : undefined;
}

/** At most one mail of a kind is sent for an order, one welcome for a buyer, and none that is not true. */
export function oneMailOfAKind({ truth, watch, scheduler }: Simulation): Invariant {
  const taken = new Set<string>();
  const welcomed = new Map<string, string>();
  const completedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'oneMailOfAKind',
    rule: 'at most one mail of a kind is sent, to the buyer, and it is true (rules 7 and 8)',
    mailed: (mail) => {
      const read = readMail(mail);
      if (!read) return watch.report(invariant, mail.messageId, 'a mail without kind or order');
      const { kind, merchantOrderId, documentNumber = '' } = read;
      const row = truth.row(merchantOrderId);
      const report = (what: string) => watch.report(invariant, merchantOrderId, what);
      if (!row) return report('a mail about no order');
      const key = `${kind} ${merchantOrderId} ${documentNumber}`;
      if (taken.has(key)) report(`a second ${kind} mail`);
      taken.add(key);
      if (kind === 'document' && mail.attachments[0]?.fileName !== `${documentNumber}.pdf`) {
        report('a mail without its document');
      }
      if (!mail.recipients.includes(String(row.userEmail)))
        report(`${kind} mail to another address`);
      if (kind === 'welcome') {
        if (!truth.isPaid(merchantOrderId)) report('a welcome mail for an unpaid order');
        const userId = String(row.userId);
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
  return invariant;
}

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
      for (const { kind, merchantOrderId, documentNumber } of taken) {
        const state = itemOf(merchantOrderId, documentNumber)?.[kind]?.state;
        if (state !== 'sent' && state !== 'unknown') {
          watch.report(invariant, merchantOrderId, `${kind} mail was sent, noted as ${state}`);
        }
      }
      for (const id of truth.orders()) {
        const item = itemOf(id);
        for (const kind of ['initiated', 'welcome', 'failed'] as const) {
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
    documentNumber?: string,
  ): NotificationItem | undefined => {
    const notificationKey =
      documentNumber === undefined
        ? `order#${toTransactionId(merchantOrderId)}`
        : `document#${documentNumber}`;
    const item = aws.dynamo.peek(defaultTableNames.notifications, { notificationKey });
    return item && notificationItemSchema.parse(item);
  };
  return invariant;
}
