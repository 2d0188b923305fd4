import { createProgress } from '../../output/show-progress.ts';
import type { BuyDependencies } from './buy.ts';
import { makePayments, type Payment, type PaymentOptions } from './make-payments.ts';
import type { BurstOptions } from './options.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** Makes the payments under a bar. */
export function watchPayments(
  deps: BuyDependencies,
  planned: readonly PlannedPayment[],
  options: Pick<BurstOptions, 'concurrency' | 'rate' | 'wait'> &
    Pick<PaymentOptions, 'run' | 'sweep'>,
): Promise<Payment[]> {
  const { run, sweep, concurrency, rate, wait } = options;
  const progress = createProgress(`Paying on ${deps.stage.stage}`);
  let done = 0;
  const show = () => progress.show({ found: planned.length, done });
  show();
  return makePayments(deps, planned, {
    run,
    sweep,
    concurrency,
    perSecond: rate,
    waitMs: wait * 1000,
    onDone: () => {
      done += 1;
      show();
      // Before the sweep shows one of its own.
      if (done === planned.length) progress.end();
    },
  });
}
