import type { ListAttention } from '@cloudnestle/operations/attention/list-attention';
import {
  listChargedTwice,
  type Owed,
  type OwedDependencies,
  readOwed,
  refundOwed,
} from '@cloudnestle/operations/refunds/owed';
import type { RequestDependencies } from '@cloudnestle/operations/refunds/request-refund';
import { addMs } from '@cloudnestle/payments/clock';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { RefundDuplicates } from '@cloudnestle/topology/function-environment';
import type { Look } from '../drive/dependencies.ts';

export interface DuplicateDependencies
  extends OwedDependencies,
    RequestDependencies,
    Pick<Platform, 'log'> {
  listAttention: ListAttention;
}

/** As the refunds' rows name it. */
const REQUESTED_BY = 'refund-sweep';
const HOUR_MS = 3_600_000;

/**
 * Asks for refunds of what buyers have paid twice, the longest waiting first, once the hold is over: both rows are read
 * again, and what is disputed, revoked or still moving, or needs an operator for another reason, is left alone. `asked`:
 * the machine's refunds of the day that are known; what is found under way counts too, so overlapping runs stay within the
 * day's ceiling. The key is made of what the row says, so two runs that ask for one refund ask for the same.
 * Answers how many orders could not be looked at. Rejects only where the index cannot be read.
 */
export async function refundDuplicates(
  deps: DuplicateDependencies,
  rule: RefundDuplicates,
  options: { trigger: Look['trigger']; asked: ReadonlySet<string>; endsAt: Date },
): Promise<{ errors: number }> {
  if (!rule.enabled) return { errors: 0 };
  const { trigger, endsAt } = options;
  const paidBy = addMs(deps.now(), -rule.holdHours * HOUR_MS).toISOString();
  const found = await listChargedTwice(deps.listAttention);
  const asked = new Set(options.asked);
  const ready: Owed[] = [];
  let errors = 0;
  const attempt = async (transactionId: string, work: () => Promise<void>) => {
    if (deps.now() >= endsAt) return;
    try {
      await work();
    } catch (error) {
      errors += 1;
      deps.log.warn('duplicate not looked at', { transactionId, reason: describeError(error) });
    }
  };
  for (const { transactionId } of found.filter(({ since }) => since <= paidBy)) {
    await attempt(transactionId, async () => {
      const owed = await readOwed(deps, transactionId);
      for (const refundId of owed?.holds ?? []) asked.add(refundId);
      if (owed && owed.obstacle === undefined && owed.leftToOperator === undefined) {
        ready.push(owed);
      }
    });
  }
  const room = Math.max(rule.maxPerDay - asked.size, 0);
  for (const owed of ready.slice(0, room)) {
    const { transactionId } = owed;
    await attempt(transactionId, async () => {
      const requester = { by: REQUESTED_BY, origin: 'MACHINE' } as const;
      const result = await refundOwed(deps, owed, { requester, trigger });
      const outcome = result.kind === 'refund' ? result.refund.state : result.kind;
      deps.log.info('duplicate asked back', { transactionId, outcome });
    });
  }
  if (ready.length > room) {
    deps.log.warn('duplicates wait for another day', { count: ready.length - room });
  }
  return { errors };
}
