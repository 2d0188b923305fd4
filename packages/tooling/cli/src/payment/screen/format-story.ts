import type { MailKind, MailState } from '@cloudnestle/contracts/items/notification';
import { describeMail } from '@cloudnestle/operations/mails/mail-words';
import { describeGateway, describeRecord, join } from '@cloudnestle/operations/reconcile/words';
import type { StoryView } from '@cloudnestle/operations/story/describe-story';
import { countOf } from '@cloudnestle/operations/words/plural';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatSection, formatSentences, type Row } from './format-section.ts';

/** The whole story of an order, for people; the verdict comes last, where a terminal leaves the eye. */
export function formatStory(view: StoryView): string {
  const { order, stage, lookedAt } = view;
  const history: Row[] = order.history.map(({ at, what }) => [at, what]);
  return [
    `${order.transactionId}\non the stage ${stage}, as of ${lookedAt}`,
    formatSection('Order', listOrder(view)),
    formatSection(
      'History',
      history.length > 0 ? history : [['none', 'written before there was one']],
    ),
    formatSection('PhonePe now', listGateway(view)),
    ...formatRefunds(view),
    formatSection('Access', listAccess(view)),
    formatSection('Mails', listMails(view)),
    formatSection('Queues', listQueues(view)),
    formatSection('Other orders of this buyer', listOtherOrders(view)),
    ...(view.done.length > 0 ? [formatSentences('Done', view.done)] : []),
    formatVerdict(view),
  ].join('\n\n');
}

const kinds: Readonly<Record<StoryView['verdict']['kind'], string>> = {
  consistent: 'consistent',
  waiting: 'in order, something is still to come',
  repairable: 'not as it should be, and can be repaired',
  person: 'an operator has to decide',
  unknown: 'not known before PhonePe has answered',
};

function formatVerdict({ verdict }: StoryView): string {
  const { kind, isCertain, findings, command } = verdict;
  const sure = isCertain || kind === 'unknown' ? '' : ', as far as could be seen (not certain)';
  const text = formatSentences(`Verdict: ${kinds[kind]}${sure}`, findings);
  return command === undefined ? text : `${text}\n\n  ${command}`;
}

/** What our books say. */
function listOrder({ order }: StoryView): Row[] {
  const { settlement, hasPage } = order;
  return [
    ['merchant order', order.merchantOrderId],
    ['buyer', join(order.userId, order.userEmail)],
    ['status', join(order.status, order.failureReason, order.completedAt ?? order.failedAt)],
    ['amount', join(formatRupees(order.amountInPaisa), `for ${order.tier}`)],
    ['made', order.createdAt],
    ['page', hasPage ? `handed out, good until ${order.expiresAt}` : 'never handed out'],
    ["PhonePe's order", order.gatewayOrderId],
    ...listPayment(order),
    ['settlement', expect(settlement)],
    ['superseded by', order.supersededBy],
    ['duplicate of', order.duplicateOf],
    ['refunded', listRefunds(order.refundsInPaisa)],
    ['set aside', listRefunds(order.refundHoldsInPaisa)],
    ...order.disputes.map(
      ({ disputeId, state, since, gatewayState }): Row => [
        'dispute',
        join(state, `since ${since}`, disputeId, `its own word: ${gatewayState}`),
      ],
    ),
    ['access', order.accessRevokedAt && `taken back ${order.accessRevokedAt}`],
    ['operator on access', order.accessWord && listWord(order.accessWord)],
    ...order.attention.map(
      ({ reason, since, detail }): Row => [
        'needs an operator',
        join(reason, `since ${since}`, detail),
      ],
    ),
    ...order.attentionResolved.map(
      ({ reason, at, by, why }): Row => ['dealt with', join(reason, at, by, why)],
    ),
  ];
}

function listPayment({ payment }: StoryView['order']): Row[] {
  const { mode, gatewayTransactionId, utr, upiTransactionId, vpa } = payment;
  return [
    ['paid by', mode && join(mode, gatewayTransactionId)],
    ['UTR', utr],
    ['UPI transaction', upiTransactionId],
    ['VPA', vpa],
  ];
}

/** A settlement's day is only ever expected. */
function expect({ status, expectedOn }: StoryView['order']['settlement']): string | undefined {
  return status && join(status, expectedOn && `expected ${expectedOn}`);
}

function listRefunds(refunds: StoryView['order']['refundsInPaisa']): string | undefined {
  if (!refunds || Object.keys(refunds).length === 0) return undefined;
  return Object.entries(refunds)
    .map(([id, paisa]) => `${formatRupees(paisa)} (${id})`)
    .join(', ');
}

/** Nothing of an order whose money never went back. */
function formatRefunds({ refunds }: StoryView): string[] {
  if ('unread' in refunds)
    return [formatSection('Refunds', [['refunds', notRead(refunds.unread)]])];
  if (refunds.length === 0) return [];
  const rows = refunds.map(
    ({ refundId, amountInPaisa, state, reason, createdAt, origin, requestedBy, ...rest }): Row => {
      const end = rest.completedAt ?? rest.failedAt;
      const much = amountInPaisa === undefined ? 'nothing set aside' : formatRupees(amountInPaisa);
      const why = rest.refusal?.words ?? rest.detailedErrorCode ?? rest.errorCode ?? rest.doubt;
      const by = `asked for ${createdAt} by ${requestedBy} (${origin})`;
      return ['refund', join(much, join(state, end), why, reason, by, refundId)];
    },
  );
  return [formatSection('Refunds', rows)];
}

/** What the gateway says now. */
function listGateway({ gateway }: StoryView): Row[] {
  if ('unread' in gateway) return [['could not be asked', gateway.unread]];
  const { state, status } = gateway;
  const own = state !== undefined && state !== status ? `its own word: ${state}` : undefined;
  return [['says', join(describeGateway(gateway), own)]];
}

/** `given back, 2025-11-23T09:10:00.000Z, root, a mistake` */
function listWord({ what, at, by, why }: NonNullable<StoryView['order']['accessWord']>): string {
  return join(what === 'ended' ? 'ended' : 'given back', at, by, why);
}

type Access = StoryView['access'];
type Stored = {
  access_tier?: string | undefined;
  accessTier?: string | undefined;
  tier?: string | undefined;
  status?: string | undefined;
};

/** What the buyer holds. */
function listAccess({ access: found, order }: StoryView): Row[] {
  // Nothing is to be held of an order whose access was taken back.
  const access = order.accessRevokedAt ? { ...found, holdings: null } : found;
  return [['user', listUser(access, order.userEmail)], ...listRecords(access)];
}

function listUser({ user, holdings }: Access, orderEmail: string): string {
  if (user === null) return 'gone: no row, or none with an address';
  if ('unread' in user) return notRead(user.unread);
  const otherEmail = user.email === orderEmail ? undefined : user.email;
  return join(user.tier ?? 'no tier', user.status, otherEmail, behind(holdings?.user));
}

function listRecords({ records, holdings }: Access): Row[] {
  if ('unread' in records) return [['records', notRead(records.unread)]];
  return records.flatMap(({ byUserId, byEmail }): Row[] => [
    ['record by user id', listStored(byUserId ? [byUserId] : [], holdings?.byUserId, holdings)],
    ['record by email', listStored(byEmail, holdings?.byEmail, holdings)],
  ]);
}

function listStored(
  stored: readonly Stored[],
  holding: string | undefined,
  holdings: Access['holdings'],
): string {
  if (stored.length === 0) {
    return holdings === null ? 'none' : describeRecord('missing', holdings.isComplete);
  }
  const spelled = stored.map(({ access_tier, accessTier, tier, status }) =>
    join(access_tier ?? accessTier ?? tier ?? 'no tier', status),
  );
  return join(spelled.join('; '), behind(holding));
}

function behind(holding: string | undefined): string | undefined {
  return holding === 'behind' ? 'less than what was paid for' : undefined;
}

function notRead(why: string): string {
  return `could not be read: ${why}`;
}

/** What the buyer was told. A mail that is not due is only worth a line where it was thought of. */
function listMails({ mails, order }: StoryView): Row[] {
  if ('unread' in mails) return [['mails', notRead(mails.unread)]];
  const list = (kind: keyof typeof mails & MailKind, isDue: boolean): Row => {
    const state = mails[kind];
    return [describeMail(kind), state || isDue ? describeState(state) : undefined];
  };
  return [
    list('initiated', true),
    list('welcome', order.status === 'COMPLETED'),
    list('failed', order.status === 'FAILED'),
    list('ending', false),
    list('ended', false),
  ];
}

function describeState(state: MailState | null): string {
  switch (state?.state) {
    case undefined:
      return 'not sent';
    case 'sent':
      return `sent ${state.sentAt}, message ${state.messageId}`;
    case 'sending':
      return `being sent since ${state.claimedAt}`;
    case 'skipped':
      return `not sent: ${state.why}`;
    case 'unknown':
      return `unknown since ${state.since}: ${state.why}`;
  }
}

type Queues = StoryView['queues'];

/** What of the order has failed, and how much waits that may be of it. */
function listQueues({ queues }: StoryView): Row[] {
  const dead = queues.deadLetters.flatMap(listDead);
  return [
    ...(dead.length > 0 ? dead : [['dead letters', 'none of this order'] satisfies Row]),
    ...queues.live.flatMap(listLive),
  ];
}

function listDead(dead: Queues['deadLetters'][number]): Row[] {
  if ('unread' in dead) return [[dead.queue, notRead(dead.unread)]];
  const held = dead.heldByOthers;
  return [
    ...dead.letters.map(({ detailType, failure, messageId }): Row => {
      const tries =
        failure.attempts === undefined ? undefined : countOf(failure.attempts, 'attempt');
      const facts = join(detailType ?? 'a message', tries, failure.lastAt, `id ${messageId}`);
      return [`dead in ${dead.queue}`, `${failure.reason} (${facts})`];
    }),
    ...(held > 0 ? [[dead.queue, `${held} letters are held by another client`] satisfies Row] : []),
  ];
}

function listLive(live: Queues['live'][number]): Row[] {
  if ('unread' in live) return [[live.queue, `could not be counted: ${live.unread}`]];
  const count = live.waiting + live.inFlight;
  if (count === 0) return [];
  const messages = count === 1 ? '1 message waits' : `${count} messages wait`;
  const text = `${messages} in ${live.queue}; whose they are cannot be told without spending delivery attempts`;
  return [[live.queue, text]];
}

const SHOWN = 10;

type Orders = Exclude<StoryView['otherOrders'], { unread: string }>['orders'];

/** The newest ones, without the one on the screen. */
function listOtherOrders({ otherOrders, order }: StoryView): Row[] {
  if ('unread' in otherOrders) return [['orders', notRead(otherOrders.unread)]];
  const { orders, isCut } = otherOrders;
  if (orders.length === 0) return [['none', '']];
  const hidden = Math.max(orders.length - SHOWN, 0);
  const older: Row[] =
    hidden > 0 || isCut ? [['older ones', `${hidden}${isCut ? ' or more' : ''}`]] : [];
  return [...orders.slice(0, SHOWN).map((each) => toRow(each, order.transactionId)), ...older];
}

function toRow(other: Orders[number], shownId: string): Row {
  const { createdAt, status, amountInPaisa, transactionId, duplicateOf } = other;
  const original = duplicateOf === shownId ? 'this order' : duplicateOf;
  const facts = [
    status.padEnd('COMPLETED'.length),
    (amountInPaisa === undefined ? '?' : formatRupees(amountInPaisa)).padEnd('₹299'.length),
    join(transactionId, original && `duplicate of ${original}`),
  ];
  return [createdAt.slice(0, 'YYYY-MM-DDTHH:MM'.length), facts.join('  ')];
}
