import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { formatRupees } from '@cloudnestle/payments/money';
import { formatCsv } from '../../output/format-csv.ts';
import { formatTable } from '../../output/format-table.ts';

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
    ['review', describeReview(facts)],
    [
      isOver ? 'was not as it should be' : 'not as it should be',
      discrepancies.join(', ') || 'nothing',
    ],
  ];
}

function describeGateway(gateway: ReconcileOrderResponse['gateway']): string {
  const amount =
    gateway.status === 'MISMATCH' && gateway.amountInPaisa !== undefined
      ? formatRupees(gateway.amountInPaisa)
      : undefined;
  return join(gateway.status, gateway.failureReason, amount, gateway.completedAt);
}

function describeAccess({ access }: ReconcileOrderResponse): string {
  if (!access) return 'not paid here';
  // One record is enough: a missing one beside another is left missing.
  const spell = (record: string) =>
    record === 'missing' && access.agrees ? 'none, and none needed' : record;
  const { user, recordByUserId, recordByEmail } = access;
  return `user ${user}, record by user id ${spell(recordByUserId)}, by email ${spell(recordByEmail)}`;
}

function describeReview({ review, marketplace, discrepancies }: ReconcileOrderResponse): string {
  if (review === 'NONE' && discrepancies.includes('MISMATCH')) return 'asked for now';
  if (review === 'NONE') return 'not asked for';
  return review === 'CLEARED' ? 'cleared now' : `open: ${marketplace.needsReview ?? ''}`;
}

function join(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}
