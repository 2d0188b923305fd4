import type { Break } from './apply-break.ts';

/** What can go wrong between the gateway and the bus. */
export const gatewayBreaks: readonly Break[] = [
  {
    name: 'failedPublishCalledDone',
    what: 'an outcome that could not be published counts as published',
    place: 'packages/core/payments',
    find: "if (answer.kind === 'failed') return { kind: 'publishFailed', reason: answer.reason };",
    replace: '',
  },
  {
    name: 'failedEntryIgnored',
    what: 'PutEvents answers 200 with a failed entry, and that counts as published',
    place: 'packages/core/runtime',
    find: 'if (result.FailedEntryCount === 0) return',
    replace: 'if (result.FailedEntryCount !== undefined) return',
  },
  {
    name: 'forgeryBelieved',
    what: 'a webhook with a wrong signature is taken',
    place: 'packages/gateways/phonepe',
    find: "return matches.includes(true) ? 'authentic' : 'mismatch';",
    replace: "return matches.length > 0 ? 'authentic' : 'mismatch';",
  },
  {
    name: 'anyAmountWillDo',
    what: "the gateway's amount is not compared",
    place: 'packages/core/payments',
    find: 'status.amountInPaisa === order.amountInPaisa &&',
    replace: 'status.amountInPaisa > 0 &&',
  },
  {
    name: 'failedBeforeItsTime',
    what: 'an order that the gateway does not know yet has failed at once',
    place: 'packages/core/payments',
    find: 'return expireUnknown && deps.now() > order.expiresAt',
    replace: 'return expireUnknown',
  },
  {
    name: 'lateMoneyIsNoNews',
    what: 'money that comes after a failure is not published',
    place: 'packages/core/payments',
    find: "return row.status !== 'COMPLETED' || isSecondPayment",
    replace: "return row.status === 'PENDING' || isSecondPayment",
  },
  {
    name: 'wrongMinimum',
    what: 'of several payments the latest counts',
    place: 'packages/core/payments',
    find: 'attempts.toSorted((a, b) => compareTimes(a.at, b.at))[0];',
    replace: 'attempts.toSorted((a, b) => compareTimes(b.at, a.at))[0];',
  },
  {
    name: 'pendingIsPaid',
    what: 'an attempt that is paid makes a pending order paid; a failed attempt makes it failed',
    place: 'packages/gateways/phonepe',
    find: "function toState(state: string): PaymentAttempt['state'] {\n  return state === 'PENDING' || state === 'COMPLETED' || state === 'FAILED' ? state : 'OTHER';",
    replace:
      "function toState(state: string): PaymentAttempt['state'] {\n  return state === 'PENDING' ? 'COMPLETED' : state === 'COMPLETED' || state === 'FAILED' ? state : 'OTHER';",
  },
  {
    name: 'webhookHangs',
    what: 'the webhook waits for its dependencies as long as they take',
    place: 'services/webhook',
    find: 'export const ANSWER_WITHIN_MS = 2350;',
    replace: 'export const ANSWER_WITHIN_MS = 9000;',
  },
  {
    name: 'refundByHearsay',
    what: 'a refund counts because a webhook says so',
    place: 'packages/core/payments',
    find: "      return { kind: 'notFound' };",
    replace:
      "      return { kind: 'known', status: { state: 'COMPLETED', gatewayState: 'COMPLETED', amountInPaisa: 29_900 } };",
  },
  {
    name: 'fullRefundIsNone',
    what: 'a refund of the whole amount does not take access back',
    place: 'packages/core/operations',
    find: 'refundedInPaisa(row) >= amount * completedAttempts;',
    replace: 'refundedInPaisa(row) > amount * completedAttempts;',
  },
];
