import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildSweep } from '@cloudnestle/reconciliation/sweep/composition';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { toVariables } from '../../environment/to-variables.ts';
import { tell } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';

const TIMEOUT_MS = 10 * 60_000;
/** A sandbox takes more questions than a real gateway. */
const CALLS_PER_SECOND = 200;

/** One sweep over all open orders of the stage. A sweep that fails is said; what it did not settle shows as open. */
export async function sweepOnce(stage: EnvironmentSecret, platform: Platform): Promise<void> {
  const sweep = buildSweep(toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }), platform);
  const progress = createProgress(`Sweeping ${stage.stage}`);
  try {
    const runId = platform.newId();
    await sweep({ runId, timeoutMs: TIMEOUT_MS, scope: 'all', onProgress: progress.show });
  } catch (error) {
    tell(`The sweep ended early (${describeError(error)}).`);
  } finally {
    progress.end();
  }
}
