import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import type { Desk } from '../desk/connect-desk.ts';

/** On production a change needs the stage's name, typed; anywhere else a name that is given must be the right one. */
export function requireConsent(
  { stage, isProduction }: Pick<Desk, 'stage' | 'isProduction'>,
  given: { stage?: string | undefined },
): void {
  if (given.stage === undefined && !isProduction) return;
  if (given.stage === stage.stage) return;
  const message = given.stage === undefined ? 'must be typed on production' : 'is another one';
  throw invalidRequest([{ field: 'stage', message }]);
}
