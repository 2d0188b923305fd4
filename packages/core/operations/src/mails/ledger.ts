import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type MailKind,
  type MailState,
  type NotificationItem,
  notificationItemSchema,
} from '@cloudnestle/contracts/items/notification';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import type { SkipReason } from './decide-mail.ts';
import type { MailKey } from './mail-event.ts';

export interface LedgerDependencies {
  dynamo: DynamoDBDocumentClient;
  /** The notifications table. */
  table: string;
}

/** Who is sending a mail, and since when. */
export interface MailClaim {
  claimId: string;
  /** ISO timestamp. */
  claimedAt: string;
}

/** A gateway can report a failure first without and later with the attempt that failed; only the latter is news. */
const REPLACEABLE: SkipReason = 'no failed attempt';

const IS_FREE: Readonly<Record<MailKind, string>> = {
  initiated:
    'attribute_not_exists(#initiated) AND attribute_not_exists(#welcome) AND attribute_not_exists(#failed)',
  welcome: 'attribute_not_exists(#welcome)',
  ending: 'attribute_not_exists(#ending) AND attribute_not_exists(#ended)',
  ended: 'attribute_not_exists(#ended)',
  refunded: 'attribute_not_exists(#refunded)',
  document: 'attribute_not_exists(#document)',
  failed:
    'attribute_not_exists(#welcome) AND (attribute_not_exists(#failed) OR (#failed.#state = :skipped AND #failed.#why = :replaceable))',
};

/**
 * Takes the right to send a mail; false where it was sent, skipped, is another delivery's, or an outcome made it pointless.
 * The claimant's own id is accepted: a lost answer makes the SDK repeat this write (rule 9).
 */
export function claimMail(
  ledger: LedgerDependencies,
  mail: MailKey,
  claim: MailClaim,
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'sending', ...claim },
    condition: `(${IS_FREE[mail.kind]}) OR #mail.#claimId = :claimId`,
    values: {
      ':claimId': claim.claimId,
      ...(mail.kind === 'failed' ? { ':skipped': 'skipped', ':replaceable': REPLACEABLE } : {}),
    },
  });
}

/** Notes that SES took the mail; false where the claim does not stand any more. A repeat of this very write is accepted. */
export function recordSent(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claimId }: MailClaim,
  sent: { messageId: string; now: Date },
): Promise<boolean> {
  const { messageId, now } = sent;
  return updateMail(ledger, mail, {
    state: { state: 'sent', messageId, sentAt: now.toISOString() },
    condition: '#mail.#claimId = :claimId OR #mail.#messageId = :messageId',
    values: { ':claimId': claimId, ':messageId': messageId },
  });
}

/**
 * Notes that it is unknown whether a claim led to a mail; false where the claim does not stand any more. `since` is
 * the claim's time, which is where to look in SES, and by which a repeat of this write is known.
 */
export function recordUnknown(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claim, why }: { claim: MailClaim; why: string },
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'unknown', since: claim.claimedAt, why },
    condition: '#mail.#claimId = :claimId OR #mail.#since = :since',
    values: { ':claimId': claim.claimId, ':since': claim.claimedAt },
  });
}

/** Notes that a mail is not sent; false where anything stands there already. */
export function recordSkipped(
  ledger: LedgerDependencies,
  mail: MailKey,
  { why, now }: { why: SkipReason; now: Date },
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'skipped', why, at: now.toISOString() },
    condition: 'attribute_not_exists(#mail)',
  });
}

/** Gives a claim back after a definite "not sent". Another delivery's claim stays as it is. */
export async function releaseClaim(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claimId }: MailClaim,
): Promise<void> {
  await updateMail(ledger, mail, {
    state: undefined,
    condition: '#mail.#claimId = :claimId',
    values: { ':claimId': claimId },
  });
}

/** Where the mails of an order, a refund or a document stand now (consistent read); undefined where none was ever thought of. */
export async function readNotification(
  { dynamo, table }: LedgerDependencies,
  mail: string | ItemOf,
): Promise<NotificationItem | undefined> {
  const key = typeof mail === 'string' ? { transactionId: mail } : mail;
  const item = await readOneByOne(dynamo)({ table, key: { notificationKey: itemKeyOf(key) } });
  if (!item) return undefined;
  const parsed = notificationItemSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new PermanentError('the notification item does not fit its contract');
}

type ItemOf = Pick<MailKey, 'transactionId' | 'refundId' | 'documentNumber'>;

/** Key of an order's item, or of a refund's or a document's. */
function itemKeyOf({ transactionId, refundId, documentNumber }: ItemOf): string {
  if (documentNumber !== undefined) return `document#${documentNumber}`;
  return refundId === undefined ? `order#${transactionId}` : `refund#${refundId}`;
}

/**
 * Writes one mail's state, or removes it, only while `condition` holds; false where it does not. Names in the condition
 * are written `#name`; `#mail` is the mail's own attribute.
 */
export async function updateMail(
  { dynamo, table }: LedgerDependencies,
  mail: MailKey,
  change: {
    state: MailState | undefined;
    condition: string;
    values?: Readonly<Record<string, string>>;
  },
): Promise<boolean> {
  const { state, condition, values = {} } = change;
  const allValues = state ? { ...values, ':mail': state } : values;
  return isWritten(
    dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { notificationKey: itemKeyOf(mail) },
        UpdateExpression: state ? 'SET #mail = :mail' : 'REMOVE #mail',
        ConditionExpression: condition,
        ExpressionAttributeNames: { ...namesIn(condition), '#mail': mail.kind },
        ExpressionAttributeValues: allValues,
      }),
    ),
  );
}

function namesIn(condition: string): Record<string, string> {
  return Object.fromEntries(
    (condition.match(/#\w+/g) ?? []).map((alias) => [alias, alias.slice(1)]),
  );
}
