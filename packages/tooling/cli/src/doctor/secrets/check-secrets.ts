import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { environmentSecret } from '@cloudnestle/topology/secrets';
import { type Check, ok, type Verdict } from '../check.ts';
import { judgeCredentials } from './judge-credentials.ts';
import { judgeTokenSecret } from './judge-token-secret.ts';
import { READS_SECRETS, type ReadSecretText } from './read-secret.ts';

/** The shape of every secret; their values stay where they are. */
export function checkSecrets(stage: EnvironmentSecret, readSecret: ReadSecretText): Check[] {
  const check = (subject: string, look: () => Promise<Verdict>): Check => ({
    check: 'secrets',
    subject,
    asks: READS_SECRETS,
    look,
  });
  const { gatewayCredentials, tokenSecret } = stage.secrets;
  return [
    // Whoever got here has read it: without it there is nothing to check.
    check(environmentSecret, async () => ok('has the shape that it should')),
    check(gatewayCredentials, async () => judgeCredentials(await readSecret(gatewayCredentials))),
    check(tokenSecret, async () => judgeTokenSecret(await readSecret(tokenSecret))),
  ];
}
