import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { connectRefundDesk } from '@cloudnestle/operations/refunds/connect-refund-desk';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { createCommandPlatform } from '../environment/function-parts.ts';

/** The gateway is not asked: only its limits are read. */
const CALLS_PER_SECOND = 1;

/** The parts that refunds are asked for and looked at through, on that stage. */
export function connectDesk(stage: EnvironmentSecret) {
  const platform = createCommandPlatform();
  const variables = toVariables(stage, { callsPerSecond: CALLS_PER_SECOND });
  return { platform, desk: connectRefundDesk(variables, platform) };
}
