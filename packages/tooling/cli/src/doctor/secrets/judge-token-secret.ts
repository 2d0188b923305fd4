import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { ok, type Verdict } from '../check.ts';
import { findNoSecret, findWrongShape } from './problems.ts';

const schema = jsonVariable(tokenSecretSchema);

/** Whether entitlement tokens can be derived from the secret. */
export function judgeTokenSecret(text: string | undefined): Verdict {
  if (text === undefined) return findNoSecret();
  const parsed = schema.safeParse(text);
  if (parsed.success) return ok('has the shape that it should');
  // Names only: a message of the parser may quote what it read.
  return findWrongShape(parsed.error.issues.map(({ path }) => path.join('.')));
}
