import { describeOperator, identifyOperator } from '../operator/operator.ts';
import { type Check, ok } from './check.ts';

/** Who asks, and on which account, region and stage. */
export function checkCaller(stage: string): Check {
  return {
    check: 'caller',
    subject: 'identity',
    asks: 'sts:GetCallerIdentity',
    look: async () => ok(describeOperator(await identifyOperator(stage))),
  };
}
