import type { Break } from './break.ts';

const reconciliation = 'services/reconciliation/src';
const notifications = 'services/notifications/src';
const queue = 'packages/runtime/src/queue';

/** What can go wrong behind the bus: the subscribers and the sweep. */
export const subscriberBreaks: readonly Break[] = [
  {
    name: 'failureSwallowed',
    what: 'a record that failed is reported as done',
    file: `${queue}/process-record.ts`,
    find: "finish({ outcome: 'retry', reason, retryInSeconds: plan.inSeconds }, 'warn');\n      throw error;",
    replace:
      "finish({ outcome: 'retry', reason, retryInSeconds: plan.inSeconds }, 'warn');\n      return;",
  },
  {
    name: 'letterLost',
    what: 'a record whose dead letter could not be sent is reported as done',
    file: `${queue}/process-record.ts`,
    find: "finish({ outcome: 'retry', reason: notSent }, 'error');\n      throw sendError;",
    replace: "finish({ outcome: 'dead-lettered', reason: notSent }, 'error');\n      return;",
  },
  {
    name: 'givenUpTooEarly',
    what: 'a record is given up at its second attempt',
    file: `${queue}/plan-retry.ts`,
    find: 'export const LAST_ATTEMPT = 8;',
    replace: 'export const LAST_ATTEMPT = 2;',
  },
  {
    name: 'neverGivenUp',
    what: 'a record is tried until SQS moves it away without a reason',
    file: `${queue}/plan-retry.ts`,
    find: 'if (failure.attempt >= LAST_ATTEMPT) return',
    replace: 'if (failure.attempt >= 1000) return',
  },
  {
    name: 'lostUpdate',
    what: 'a merge is written whatever has been written since it was decided',
    file: 'packages/runtime/src/merge-item.ts',
    find: '    ...change.basedOn.map((name) => {',
    replace: '    ...change.basedOn.filter(() => false).map((name) => {',
  },
  {
    name: 'staleRow',
    what: "the order's row is read from wherever it may be behind",
    file: 'packages/runtime/src/read-transaction.ts',
    find: 'Key: { transactionId }, ConsistentRead: true }',
    replace: 'Key: { transactionId } }',
  },
  {
    name: 'completedFails',
    what: 'a failure that comes late undoes a payment',
    file: 'packages/payments/src/payment-state.ts',
    find: "return current === 'COMPLETED' ? 'COMPLETED' : outcome;",
    replace: 'return outcome;',
  },
  {
    name: 'latestCompletion',
    what: 'of two completions the later one counts',
    file: `${reconciliation}/subscriber/merge/merge-completed.ts`,
    find: 'return recorded !== undefined && recorded < told ? recorded : told;',
    replace: 'return told;',
  },
  {
    name: 'effectsUnseen',
    what: 'a paid order leaves the index at once',
    file: `${reconciliation}/subscriber/merge/open-order.ts`,
    find: 'return { openShard: openShardOf(row.transactionId, indexShardCount), nextCheckAt: firstCheck };',
    replace: 'return { openShard: undefined, nextCheckAt: undefined };',
  },
  {
    name: 'lateMoneyUnseen',
    what: 'an expired order leaves the index at once',
    file: 'packages/payments/src/payment-state.ts',
    find: "return reason === 'EXPIRED' || reason === 'UNKNOWN_AT_GATEWAY';",
    replace: "return reason === 'UNKNOWN_AT_GATEWAY';",
  },
  {
    name: 'indexByDayForgotten',
    what: 'a new order is in no index by day',
    file: 'services/checkout/src/upgrade/build-row.ts',
    find: '    dayShard: dayShardOf(transactionId, facts.now, indexShardCount),\n',
    replace: '',
  },
  {
    name: 'openIndexForgotten',
    what: 'a new order is in no index of open orders',
    file: 'services/checkout/src/upgrade/build-row.ts',
    find: '    openShard: openShardOf(transactionId, indexShardCount),\n',
    replace: '',
  },
  {
    name: 'duplicatesUnseen',
    what: 'a second payment is not looked for',
    file: `${reconciliation}/subscriber/record-completed.ts`,
    find: 'const revoked = await markDuplicates(deps, paid);',
    replace: 'const revoked = await markDuplicates(deps, paid.slice(0, 0));',
  },
  {
    name: 'firstIsDuplicate',
    what: 'the first payment is marked as the second one',
    file: `${reconciliation}/subscriber/merge/paid-order.ts`,
    find: '  if (a.completedAt !== b.completedAt) return a.completedAt < b.completedAt;',
    replace: '  if (a.completedAt !== b.completedAt) return a.completedAt > b.completedAt;',
  },
  {
    name: 'mailAfterTimeout',
    what: 'a mail that may have been sent is sent again',
    file: `${notifications}/delivery/classify-send-failure.ts`,
    find: 'if (status === undefined) return isBeforeSending(error) ? refused : unknown;',
    replace: 'if (status === undefined) return refused;',
  },
  {
    name: 'mailAfterServerError',
    what: 'a mail that SES answered with a 5xx is sent again',
    file: `${notifications}/delivery/classify-send-failure.ts`,
    find: 'if (status < 400 || status >= 500) return unknown;',
    replace: 'if (status < 400 || status >= 500) return refused;',
  },
  {
    name: 'sdkRepeatsMails',
    what: 'the SDK repeats a mail by itself',
    file: 'packages/runtime/src/clients/ses.ts',
    find: 'return (clients.ses ?? connect)({ timeoutMs, maxAttempts: 1 });',
    replace: 'return (clients.ses ?? connect)({ timeoutMs, maxAttempts: 3 });',
  },
  {
    name: 'staleClaimFreed',
    what: 'a claim without a living claimant is let go and sent again',
    file: `${notifications}/settle-found.ts`,
    find: "import { recordUnknown } from './ledger/record-unknown.ts';",
    replace: `import { updateMail } from './ledger/update-mail.ts';
const recordUnknown = async (ledger: any, mail: any, { claim: { claimId } }: any) => {
  const values = { ':claimId': claimId };
  await updateMail(ledger, mail, { state: undefined, condition: '#mail.#claimId = :claimId', values });
  return false;
};`,
  },
  {
    name: 'welcomedTwice',
    what: 'every paid order is welcomed',
    file: `${notifications}/subscriber.ts`,
    find: "if (!isWelcomed) return skipMail(deps, { event, order }, 'duplicate');",
    replace: 'void isWelcomed;',
  },
  {
    name: 'mailClaimWithoutClaimant',
    what: 'a mail claim is not known as its own when it is repeated',
    file: `${notifications}/ledger/claim-mail.ts`,
    find: ') OR #mail.#claimId = :claimId`,',
    replace: ') OR (#mail.#claimId = :claimId AND attribute_not_exists(#mail))`,',
  },
  {
    name: 'failureMailAfterPayment',
    what: 'a failure mail goes out although the order is paid',
    file: `${notifications}/decide-mail.ts`,
    find: "if (facts.order.status === 'COMPLETED' || facts.item?.welcome) return 'already paid';",
    replace: '',
  },
  {
    name: 'revocationIgnored',
    what: 'an order that was paid back gives the tier again',
    file: 'services/tiers/src/upgrade-tier.ts',
    find: "if (row.accessRevokedAt !== undefined) return { kind: 'skipped', why: 'revoked' };",
    replace: '',
  },
  {
    name: 'suspensionLifted',
    what: 'a payment lifts a suspension',
    file: 'services/tiers/src/merge-tier.ts',
    find: "subscriptionStatus: current.subscriptionStatus === 'suspended' ? 'suspended' : 'active',",
    replace: "subscriptionStatus: 'active',",
  },
  {
    name: 'noRecordMade',
    what: 'a buyer without any record gets none',
    file: 'services/entitlements/src/subscriber/grant-access.ts',
    find: 'if (found.includes(true)) return;',
    replace: 'if (found.length > 0) return;',
  },
  {
    name: 'emailRecordForgotten',
    what: 'the record by email is left behind',
    file: 'services/entitlements/src/subscriber/grant-access.ts',
    find: 'const byEmail = emailRecordKeys([payment.userEmail, currentEmail], solutionId);',
    replace: 'const byEmail = emailRecordKeys([], solutionId);',
  },
  {
    name: 'mailInLog',
    what: "a log line has the buyer's address",
    file: `${notifications}/note-result.ts`,
    find: "  log.info('mail sent', ids);",
    replace: "  log.info('mail sent', { ...ids, to: 'buyer@buyers.example' });",
  },
  {
    name: 'mailNotNoted',
    what: 'a mail that was sent is noted as skipped',
    file: `${notifications}/ledger/record-sent.ts`,
    find: "state: { state: 'sent', messageId, sentAt: now.toISOString() },",
    replace: "state: { state: 'skipped', why: 'duplicate', at: now.toISOString() },",
  },
];
