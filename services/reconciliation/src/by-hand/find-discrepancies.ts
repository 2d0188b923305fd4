import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import { needsAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Order } from '@cloudnestle/payments/order';
import type { Examination } from './examine-order.ts';

/** What is not as it should be about an examined order; nothing where all agrees. Decides from the examination alone. */
export function findDiscrepancies({ order, judgement, holdings }: Examination): Discrepancy[] {
  const { row } = order;
  const isPaid = row.status === 'COMPLETED';
  const isRevoked = row.accessRevokedAt !== undefined;
  const found: Discrepancy[] = [];
  if (judgement.kind === 'mismatch') found.push('MISMATCH');
  if (judgement.kind === 'completed' && !isPaid) found.push('NOT_RECORDED');
  if (judgement.kind === 'failed' && row.status === 'PENDING') found.push('NOT_RECORDED');
  if (isPaid && ['failed', 'pending', 'notFound'].includes(judgement.kind)) {
    found.push('CONTRADICTION');
  }
  if (isPaid && !isRevoked && holdings?.isComplete === false) found.push('ACCESS_MISSING');
  if (isChargedTwice(order, judgement)) found.push('CHARGED_TWICE');
  if (readAttention(row).length > 0) found.push('IN_REVIEW');
  return found;
}

/** Also by a second attempt that our books have not heard of yet. */
function isChargedTwice({ row }: Order, judgement: Judgement): boolean {
  const attempts =
    judgement.kind === 'completed' ? judgement.event.detail.data.completedAttempts : undefined;
  const isDuplicate = row.duplicateOf !== undefined && row.accessRevokedAt === undefined;
  const isNews = (attempts ?? 1) > (row.completedAttempts ?? 1);
  return isDuplicate || isNews || needsAttention(row, 'CHARGED_TWICE');
}

/** Discrepancies that publishing the gateway's outcome repairs; the others are a person's to decide. */
export const repairable: ReadonlySet<Discrepancy> = new Set(['NOT_RECORDED', 'ACCESS_MISSING']);
