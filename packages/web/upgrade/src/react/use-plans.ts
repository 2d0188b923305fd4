import { useEffect, useState } from 'react';
import type { PlansOutcome } from '../plans.ts';
import { usePayments } from './provider.tsx';

export type Plans =
  | { status: 'loading' }
  | { status: 'unavailable'; tryAgain(): void }
  | ({ status: 'ready' } & Omit<Extract<PlansOutcome, { kind: 'plans' }>, 'kind'>);

/** What is on sale, read when the component appears. Reading charges nothing, so an effect may do it. */
export function usePlans(): Plans {
  const { client } = usePayments();
  const [tries, setTries] = useState(0);
  const [outcome, setOutcome] = useState<PlansOutcome>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads again.
  useEffect(() => {
    const ended = new AbortController();
    void client.listPlans({ signal: ended.signal }).then((answer) => {
      if (!ended.signal.aborted) setOutcome(answer);
    });
    return () => ended.abort();
  }, [client, tries]);
  if (outcome?.kind === 'plans') {
    const { plans, withoutPlan } = outcome;
    return { status: 'ready', plans, withoutPlan };
  }
  if (outcome?.kind !== 'unavailable') return { status: 'loading' };
  const tryAgain = () => {
    setOutcome(undefined);
    setTries((before) => before + 1);
  };
  return { status: 'unavailable', tryAgain };
}
