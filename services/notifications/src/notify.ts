import { decideMail } from '@cloudnestle/operations/mails/decide-mail';
import { readNotification } from '@cloudnestle/operations/mails/ledger';
import {
  type CompletedMailEvent,
  type MailContract,
  type MailEvent,
  mailContracts,
} from '@cloudnestle/operations/mails/mail-event';
import type { OrderFacts } from '@cloudnestle/operations/mails/read-order-facts';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import { PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome, Subscriber } from '@cloudnestle/runtime/queue/subscriber';
import { deliverMail } from './deliver-mail.ts';
import type { MailJob, NotifyDependencies } from './dependencies.ts';
import { deliverDocument, documentContracts } from './document-mail.ts';
import { readCover, readPassEnd } from './read-cover.ts';
import { skipMail } from './settle-found.ts';
import { holdWelcome, readWelcomeHolder, takeOverWelcome } from './welcome-claim.ts';

/**
 * One mail per order and kind, one welcome per buyer and plan, however often an event is delivered (rule 8). A pass bought
 * again is confirmed with its new end; of access that an operator or a refund ended no mail is sent here.
 */
export function buildNotificationsSubscriber(
  deps: NotifyDependencies,
): Subscriber<MailContract | (typeof documentContracts)[number]> {
  return {
    unit: 'notifications',
    contracts: [...mailContracts, ...documentContracts],
    handle: async (event) => {
      if (event.detailType === 'InvoiceIssued' || event.detailType === 'CreditNoteIssued') {
        return deliverDocument(deps, event);
      }
      return event.detailType === 'AccessEnded' && event.data.reason !== 'EXPIRED'
        ? { kind: 'skipped', why: `no mail of this: ${event.data.reason}` }
        : notify(deps, event);
    },
  };
}

async function notify(deps: NotifyDependencies, event: MailEvent): Promise<RecordOutcome> {
  const startedAt = deps.platform.now();
  const { transactionId } = event.data;
  const order = await deps.findOrder(transactionId);
  if (!order) throw new PermanentError(`no row for ${transactionId}`);
  const job: MailJob = { event, order, cover: await readCover(deps, event) };
  const decision = decideMail({ ...job, now: startedAt });
  if (decision.kind === 'skip') return skipMail(deps, job, decision.why);
  if (event.detailType === 'PaymentCompleted') {
    // Before the order's own claim: it can be taken again by the same order, so a crash between the two loses nothing.
    const isWelcomed = await claimWelcome(deps, event, order);
    const isPass = monthsOf(event.data.plan) !== undefined;
    if (!isWelcomed && !isPass) return skipMail(deps, job, 'duplicate');
    if (isPass) job.pass = { until: await readPassEnd(deps, event), isRenewal: !isWelcomed };
  }
  return deliverMail(deps, job, startedAt);
}

/**
 * Whether this order is the one whose buyer is welcomed to this plan. The first to ask is, and stays so over any number
 * of deliveries; an order whose access was revoked gives way (rule 8).
 */
async function claimWelcome(
  { ledger, platform, findOrder }: NotifyDependencies,
  { data }: CompletedMailEvent,
  order: OrderFacts,
): Promise<boolean> {
  const { transactionId } = data;
  const claim = { userId: data.userId, planId: data.plan.planId, transactionId };
  // An order found to be a duplicate asks no more, but keeps what it held: the other one was told "duplicate" then.
  if (order.duplicateOf !== undefined) {
    return (await readWelcomeHolder(ledger, claim)) === transactionId;
  }
  if (await holdWelcome(ledger, claim, platform.now())) return true;
  const holder = await readWelcomeHolder(ledger, claim);
  if (holder === undefined) throw new RetryLaterError('the welcome claim was just let go');
  const holdersOrder = await findOrder(holder);
  if (holdersOrder?.accessRevokedAt === undefined) return false;
  // An order that already has its answer must not take the claim away from the next one.
  const item = await readNotification(ledger, transactionId);
  if (item?.welcome !== undefined) return false;
  if (await takeOverWelcome(ledger, claim, holder, platform.now())) return true;
  throw new RetryLaterError('another order took over the welcome claim');
}
