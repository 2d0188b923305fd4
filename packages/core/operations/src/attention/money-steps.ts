import { isRevoked, type Row, readMap, readMoment, readRow } from '../row.ts';
import { end, raise, type Step } from './steps.ts';

/**
 * What the money on a row asks of an operator, given the row as it is to be: the same steps whichever event brought it
 * there. CHARGED_TWICE stands while the order is a duplicate, or while more attempts of it completed than were paid
 * back. An order whose access was taken back is no duplicate, and what its buyer holds or misses is no matter of it;
 * once all went back, nothing about a refund is open.
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

/** Paisa of all refunds that the row keeps. */
export function refundedInPaisa(row: Record<string, unknown>): number {
  const kept = Object.values(readMap(row, 'refunds') ?? {});
  return kept.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
}

/**
 * Whether all that the buyer paid for the order went back: its amount, as often as an attempt completed. Never where the
 * row's amount cannot be read: an operator must compare then.
 */
export function isRefundedInFull(row: Record<string, unknown>): boolean {
  const { amount, completedAttempts = 1 } = readRow(row);
  return amount !== undefined && refundedInPaisa(row) >= amount * completedAttempts;
}
