import { type CallOptions, callApi, readBody } from './call-api.ts';
import type { Plan, WithoutPlan } from './wire.ts';

/** What is on sale; `unavailable` where the API does not say so now. */
export type PlansOutcome =
  | { kind: 'plans'; plans: readonly Plan[]; withoutPlan: WithoutPlan }
  | { kind: 'unavailable' }
  | { kind: 'aborted' };

/** Reads what is on sale on this stage: the lowest tier first, the cheaper plan first. Never throws. */
export async function listPlans(apiUrl: string, options: CallOptions): Promise<PlansOutcome> {
  const answer = await callApi(`${apiUrl}/payments/plans`, undefined, options);
  if (answer.kind === 'aborted') return answer;
  if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'unavailable' };
  const { plans, withoutPlan } = readBody<{ plans: Plan[]; withoutPlan: WithoutPlan }>(answer.body);
  return Array.isArray(plans) && withoutPlan
    ? { kind: 'plans', plans, withoutPlan }
    : { kind: 'unavailable' };
}
