import { end, raise, type Step } from '../../attention/steps.ts';
import { isRevoked } from './is-revoked.ts';
import { readMoment } from './open-order.ts';
import { type Row, readRow } from './read-row.ts';
import { isRefundedInFull, refundedInPaisa } from './refunds.ts';

/**
 * What the money on a row asks of a person, given the row as it is to be: the same steps whichever event brought it
 * there. CHARGED_TWICE stands while the order is a duplicate, or while more attempts of it completed than were paid back.
 * An order whose access was taken back is no duplicate, and what its buyer holds or misses is no matter of it; once all went back,
 * nothing about a refund is open.
 */
export function moneySteps(next: Record<string, unknown>): Step[] {
  const row = readRow(next);
  const facts = [...listDuplicate(row), ...listAttempts(row, next)];
  const ids = facts.map(({ id }) => id);
  return [
    ...(isRefundedInFull(next) ? [end('PARTIAL_REFUND'), end('REFUND_FAILED')] : []),
    ...(isRevoked(next) ? [end('EFFECTS_MISSING'), end('UNKNOWN_TIER')] : []),
    end('CHARGED_TWICE', ({ id }) => !ids.includes(id)),
    ...facts.map((fact) => raise({ reason: 'CHARGED_TWICE', at: paidAt(row), ...fact })),
  ];
}

interface Fact {
  id: string;
  detail: string;
}

function listDuplicate({ duplicateOf }: Row): Fact[] {
  if (duplicateOf === undefined) return [];
  return [{ id: `paid after ${duplicateOf}`, detail: `the buyer had paid with ${duplicateOf}` }];
}

/** Nothing where one attempt completed, or where what the others took (all, without access) went back. */
function listAttempts(
  { completedAttempts = 1, amount }: Row,
  next: Record<string, unknown>,
): Fact[] {
  if (completedAttempts < 2) return [];
  const owedFor = isRevoked(next) ? completedAttempts : completedAttempts - 1;
  const isReturned = amount !== undefined && refundedInPaisa(next) >= amount * owedFor;
  const id = `${completedAttempts} attempts`;
  return isReturned ? [] : [{ id, detail: `${id} of this order completed` }];
}

function paidAt({ completedAt, createdAt }: Row): string {
  return completedAt ?? (readMoment(createdAt) ?? new Date(0)).toISOString();
}
