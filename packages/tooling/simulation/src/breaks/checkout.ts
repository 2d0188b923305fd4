import type { Break } from './apply-break.ts';

/** What can go wrong in selling: the upgrade call. */
export const checkoutBreaks: readonly Break[] = [
  {
    name: 'pageOfFencedOrder',
    what: 'the page is stored although another click has taken the place',
    place: 'services/checkout',
    find: "'attribute_not_exists(supersededBy) AND #status = :pending'",
    replace: "'#status = :pending'",
  },
  {
    name: 'pageWithoutItsWrite',
    what: 'the page is handed out whether or not it could be stored',
    place: 'services/checkout',
    find: 'if (!(await deps.rows.storePage(transactionId, { ...page, expiresAt }))) {',
    replace:
      'if (!(await deps.rows.storePage(transactionId, { ...page, expiresAt }).catch(() => true))) {',
  },
  {
    name: 'gatewayBeforeRow',
    what: 'the gateway is asked although the row could not be written',
    place: 'services/checkout',
    find: 'if (!(await deps.rows.create(row))) {',
    replace: 'if (!(await deps.rows.create(row).catch(() => true))) {',
  },
  {
    name: 'rowWrittenOver',
    what: 'a row is put over the one that is there',
    place: 'services/checkout',
    find: "        ConditionExpression: 'attribute_not_exists(transactionId)',\n",
    replace: '',
  },
  {
    name: 'fenceOverPage',
    what: 'an order is fenced although its page is out',
    place: 'services/checkout',
    find: "          'attribute_exists(transactionId) AND attribute_not_exists(redirectUrl)',",
    replace: "          'attribute_exists(transactionId)',",
  },
  {
    name: 'oldOrderNotAsked',
    what: 'an order whose time is over is replaced without asking the gateway',
    place: 'services/checkout',
    find: "if (isOutcomeDoubtful(row) || row.status === 'FAILED' || order.expiresAt <= now)\n    return { kind: 'ask', order };",
    replace:
      "if (isOutcomeDoubtful(row) || row.status === 'FAILED' || order.expiresAt <= now)\n    return { kind: 'replace' };",
  },
  {
    name: 'expiredPageAgain',
    what: 'a page is handed out again after its time',
    place: 'services/checkout',
    find: "row.status === 'FAILED' || order.expiresAt <= now)",
    replace: "row.status === 'FAILED')",
  },
  {
    name: 'slotTakenByForce',
    what: 'a slot is taken although another call holds it',
    place: 'services/checkout',
    find: "        expression: 'merchantOrderId = :held',",
    replace: "        expression: 'merchantOrderId = :held OR attribute_exists(merchantOrderId)',",
  },
  {
    name: 'slotFreedTooEarly',
    what: 'an untouched slot is taken although another order is in it',
    place: 'services/checkout',
    find: "        expression: 'attribute_not_exists(merchantOrderId) AND attribute_not_exists(paid)',",
    replace: "        expression: 'attribute_not_exists(paid)',",
  },
  {
    name: 'claimWithoutClaimant',
    what: 'a slot that was taken is not known as taken by the same call',
    place: 'services/checkout',
    find: 'ConditionExpression: `claimId = :claim OR (',
    replace: 'ConditionExpression: `claimId = :until OR (',
  },
  {
    name: 'anybodysEmail',
    what: "an order is opened with another buyer's address",
    place: 'services/checkout',
    find: '!user || !isSameEmail(user.email, purchase.userEmail)',
    replace: '!user',
  },
  {
    name: 'suspendedMayPay',
    what: 'a page is sold to a buyer who is suspended',
    place: 'services/checkout',
    find: "if (user.subscriptionStatus === 'suspended') return { kind: 'suspended' };",
    replace: '',
  },
  {
    name: 'paidBuyerPaysAgain',
    what: 'a buyer who has paid is sold another page, until the tier is there',
    place: 'services/checkout',
    find: "if (paidBefore) return { kind: 'alreadyPaid', currentTier, transactionId: paidBefore };",
    replace: '',
  },
  {
    name: 'quotaOffByOne',
    what: 'one search more than the limit',
    place: 'services/entitlements',
    find: ' AND dailyUsage < :limit`,',
    replace: ' AND dailyUsage <= :limit`,',
  },
  {
    name: 'quotaUnguarded',
    what: 'the limit does not stand in the condition',
    place: 'services/entitlements',
    find: ' AND dailyUsage < :limit`,',
    replace: ' AND :limit > :none`,',
  },
];
