import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import type { Invocation } from '../lambda/invoke-function.ts';

export type BatchDecision =
  /** These are done with; the others come back after their visibility timeout. */
  | { kind: 'answered'; doneIds: string[] }
  /** Nothing is done with. */
  | { kind: 'failed'; reason: string };

/**
 * What Lambda makes of a function's answer with ReportBatchItemFailures: an empty answer is success, an exception, a
 * timeout or a malformed answer (an unknown message id included) fails the whole batch.
 */
export function decideBatch(
  messageIds: readonly string[],
  invocation: Invocation<unknown>,
): BatchDecision {
  if (invocation.kind === 'timedOut') {
    return { kind: 'failed', reason: `timed out after ${invocation.afterSeconds} s` };
  }
  if (invocation.kind === 'threw') {
    return { kind: 'failed', reason: `threw ${describeError(invocation.error)}` };
  }
  const response = responseSchema.safeParse(invocation.result);
  if (!response.success) return { kind: 'failed', reason: 'answered no batch response' };
  const failures = response.data?.batchItemFailures ?? [];
  const failedIds = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  if (![...failedIds].every((id) => messageIds.includes(id))) {
    return { kind: 'failed', reason: 'answered a message id that is not in the batch' };
  }
  return { kind: 'answered', doneIds: messageIds.filter((id) => !failedIds.has(id)) };
}

const responseSchema = z
  .object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
  })
  .nullish();
