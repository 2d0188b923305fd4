import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatCsv } from '../../output/format-csv.ts';
import { formatTable } from '../../output/format-table.ts';
import { describeGateway, describeRecord, join } from './words.ts';

/** One order as rows of fact and value. */
export function formatFacts(
  facts: ReconcileOrderResponse,
  { format, isDone }: { format: 'table' | 'csv'; isDone: boolean },
): string {
  const rows = listFacts(facts, isDone);
  return format === 'csv'
    ? formatCsv(['fact', 'value'], [['order', facts.transactionId], ...rows])
    : formatTable(['order', facts.transactionId], rows);
}

function listFacts(facts: ReconcileOrderResponse, isDone: boolean): [string, string][] {
  const { marketplace, gateway, published, discrepancies } = facts;
  const isOver = isDone && discrepancies.length > 0;
  return [
    ['our books', join(marketplace.status, marketplace.failureReason, marketplace.completedAt)],
    ['amount', formatRupees(marketplace.amountInPaisa)],
    ['the gateway says', describeGateway(gateway)],
    ['published', published ? `${published.detailType} (${published.eventId})` : 'nothing'],
    ['the buyer holds it', describeAccess(facts)],
    ...(marketplace.accessRevokedAt
      ? [['access', `taken back ${marketplace.accessRevokedAt}`] satisfies [string, string]]
      : []),
    ['needs a person', describeAttention(facts)],
    [
      isOver ? 'was not as it should be' : 'not as it should be',
      discrepancies.join(', ') || 'nothing',
    ],
  ];
}

function describeAccess({ access }: ReconcileOrderResponse): string {
  if (!access) return 'not paid here';
  const { user, recordByUserId, recordByEmail, agrees } = access;
  const byUserId = describeRecord(recordByUserId, agrees);
  const byEmail = describeRecord(recordByEmail, agrees);
  return `user ${user}, record by user id ${byUserId}, by email ${byEmail}`;
}

function describeAttention({ review, marketplace, discrepancies }: ReconcileOrderResponse): string {
  if (review === 'NONE') return discrepancies.includes('MISMATCH') ? 'from now on' : 'no';
  const reasons = marketplace.attention.map(({ reason, detail }) => join(reason, detail));
  return review === 'CLEARED'
    ? `not any more: ${reasons.join('; ')}`
    : `${reasons.join('; ')}: ./payments attention list says what to do`;
}
