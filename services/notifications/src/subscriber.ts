import { PermanentError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome, Subscriber } from '@cloudnestle/runtime/queue/subscriber';
import { claimWelcome } from './claim-welcome.ts';
import { decideMail } from './decide-mail.ts';
import { deliverMail } from './deliver-mail.ts';
import type { NotifyDependencies } from './dependencies.ts';
import { type MailContract, type MailEvent, mailContracts } from './mail-event.ts';
import { skipMail } from './skip-mail.ts';

/** One mail per order and kind, one welcome per buyer and plan, whatever is delivered how often (design, rule 8). */
export function buildNotificationsSubscriber(deps: NotifyDependencies): Subscriber<MailContract> {
  return {
    unit: 'notifications',
    contracts: mailContracts,
    handle: (event) => notify(deps, event),
  };
}

async function notify(deps: NotifyDependencies, event: MailEvent): Promise<RecordOutcome> {
  const startedAt = deps.platform.now();
  const { transactionId } = event.data;
  const order = await deps.findOrder(transactionId);
  if (!order) throw new PermanentError(`no row for ${transactionId}`);
  const decision = decideMail({ event, order, now: startedAt });
  if (decision.kind === 'skip') return skipMail(deps, { event, order }, decision.why);
  if (event.detailType === 'PaymentCompleted') {
    // Before the order's own claim: it can be taken again by the same order, so a crash between the two loses nothing.
    const isWelcomed = await claimWelcome(deps, event, order);
    if (!isWelcomed) return skipMail(deps, { event, order }, 'duplicate');
  }
  return deliverMail(deps, { event, order }, startedAt);
}
