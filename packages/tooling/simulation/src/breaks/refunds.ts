import type { Break } from './apply-break.ts';

/** What can go wrong where money is paid back. */
export const refundBreaks: readonly Break[] = [
  {
    name: 'holdUnguarded',
    what: 'an amount is set aside whatever has become of the order since it was judged',
    place: 'packages/core/operations',
    find: 'basedOn: [...decisive, ...basedOn],',
    replace: 'basedOn: [],',
  },
  {
    name: 'keptPaymentGoesBack',
    what: 'as a duplicate more goes back than was paid twice, where an operator names the amount',
    place: 'packages/core/payments',
    find: 'const most = Math.min(owed, order.amountInPaisa);',
    replace: 'const most = Math.min(left, order.amountInPaisa);',
  },
  {
    name: 'wishWithoutItsKey',
    what: 'each call is a refund of its own, whatever its key',
    place: 'packages/core/operations',
    find: 'createRefundId(wish.transactionId, wish.idempotencyKey)',
    replace: 'createRefundId(wish.transactionId, deps.newId())',
  },
  {
    name: 'keyForAnyWish',
    what: 'a key that stands for another wish is taken for this one',
    place: 'packages/core/operations',
    find: 'stored.requestedInPaisa === wish.amountInPaisa &&',
    replace: '',
  },
  {
    name: 'sentAgainUnasked',
    what: 'a refund whose call timed out is sent again, and its status is not asked',
    place: 'services/refunds',
    find: "    case 'SUBMITTED':\n    case 'PENDING':",
    replace:
      "    case 'SUBMITTED':\n      return submitRefund(deps, refund, look);\n    case 'PENDING':",
  },
  {
    name: 'notKnownOnce',
    what: 'a refund that its status has once not known counts as never arrived',
    place: 'services/refunds',
    find: 'if (!isSurelyNotKnown(since, now)) {',
    replace: 'if (saidNo === undefined && !isSurelyNotKnown(since, now)) {',
  },
  {
    name: 'sentAgainTooSoon',
    what: 'a refund that its status has once not known is sent again at once',
    place: 'services/refunds',
    find: 'if (!isSurelyNotKnown(since, now)) {',
    replace: 'if (saidNo !== undefined && !isSurelyNotKnown(since, now)) {',
  },
  {
    name: 'refusalBelieved',
    what: 'the answer to the call ends a refund, and its status is not asked',
    place: 'services/refunds',
    find: '    return { saidNo, lastAnswer };',
    replace:
      "    return { saidNo, lastAnswer, state: 'FAILED', failedAt: new Date().toISOString() };",
  },
  {
    name: 'freedWhenSent',
    what: 'what is set aside is free as soon as the refund is sent',
    place: 'services/refunds',
    find: "    case 'RESERVED':\n      return submitRefund(deps, refund, look);",
    replace:
      "    case 'RESERVED':\n      await freeOnOrder(deps, refund.transactionId, refund.refundId, deps.now());\n      return submitRefund(deps, refund, look);",
  },
  {
    name: 'endUnpublished',
    what: 'the end of a refund counts as told although the bus did not take it',
    place: 'services/refunds',
    find: 'if (endTold > 0 && isShown(row, refund)) {',
    replace: 'if (endTold > 0) {',
  },
  {
    name: 'sentBeforeWritten',
    what: 'the gateway is asked, and then it is written down that the refund is sent',
    place: 'services/refunds',
    find: '  const at = deps.now().toISOString();\n  const submitted = await deps.refunds.write(claim, {',
    replace:
      '  const at = deps.now().toISOString();\n  const early = { merchantRefundId: refundId, merchantOrderId, amountInPaisa };\n  await gateway.refund(early, { timeoutMs: GATEWAY_TIMEOUT_MS });\n  const submitted = await deps.refunds.write(claim, {',
  },
  {
    name: 'refundTakenBlindly',
    what: 'a look writes its step although another one has taken the refund meanwhile',
    place: 'packages/core/operations',
    find: "ConditionExpression: 'claim = :before OR claim = :claim',",
    // Every value that is handed over must be named, else DynamoDB refuses the write.
    replace: "ConditionExpression: 'attribute_exists(refundId) OR claim = :before',",
  },
  {
    name: 'partTakesAccess',
    what: 'a refund of a part takes access back',
    place: 'packages/core/operations',
    find: 'refundedInPaisa(row) >= amount * completedAttempts;',
    replace: 'refundedInPaisa(row) > 0;',
  },
  {
    name: 'failedRefundUnseen',
    what: 'a refund that failed needs no operator',
    place: 'services/reconciliation',
    find: "return [raise({ reason: 'REFUND_FAILED', at, ...describeDoubt(refundId, fact.doubt) })];",
    replace: 'return [];',
  },
  {
    name: 'markStays',
    what: 'a duplicate that was paid back stays marked as one',
    place: 'services/reconciliation',
    find: 'const noDuplicate = { duplicateOf: undefined, duplicateOfCompletedAt: undefined };',
    replace: 'const noDuplicate = {};',
  },
];
