import { PRODUCTION } from '@cloudnestle/topology/stage-names';
import { CliError } from '../cli-error.ts';

/** Throws a `CliError` on production: what is simulated would stand among real orders. */
export function refuseProduction(stage: string): void {
  if (stage !== PRODUCTION) return;
  throw new CliError('Nothing is simulated on the stage production. Nothing was changed.');
}
