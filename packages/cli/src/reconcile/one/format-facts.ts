import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatCsv } from '../../output/format-csv.ts';
import { formatTable } from '../../output/format-table.ts';

/** One order as rows of fact and value. */
export function formatFacts(facts: ReconcileOrderResponse, format: 'table' | 'csv'): string {
  const rows = listFacts(facts);
  return format === 'csv'
    ? formatCsv(['fact', 'value'], [['order', facts.transactionId], ...rows])
    : formatTable(['order', facts.transactionId], rows);
}

function listFacts(facts: ReconcileOrderResponse): [string, string][] {
  const { marketplace, gateway, access, published } = facts;
  return [
    ['our books', join(marketplace.status, marketplace.failureReason, marketplace.completedAt)],
    ['amount', formatRupees(marketplace.amountInPaisa)],
    ['the gateway says', describeGateway(gateway)],
    ['published', published ? `${published.detailType} (${published.eventId})` : 'nothing'],
    [
      'the buyer holds it',
      access
        ? `user ${access.user}, record by user id ${access.recordByUserId}, by email ${access.recordByEmail}`
        : 'not paid here yet',
    ],
    ...(marketplace.accessRevokedAt
      ? [['access', `taken back ${marketplace.accessRevokedAt}`] satisfies [string, string]]
      : []),
    ['review', describeReview(facts)],
    ['not as it should be', facts.discrepancies.join(', ') || 'nothing'],
  ];
}

function describeGateway(gateway: ReconcileOrderResponse['gateway']): string {
  const amount =
    gateway.status === 'MISMATCH' && gateway.amountInPaisa !== undefined
      ? formatRupees(gateway.amountInPaisa)
      : undefined;
  return join(gateway.status, gateway.failureReason, amount, gateway.completedAt);
}

function describeReview({ review, marketplace }: ReconcileOrderResponse): string {
  if (review === 'NONE') return 'not asked for';
  return review === 'CLEARED' ? 'cleared now' : `open: ${marketplace.needsReview ?? ''}`;
}

function join(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}
