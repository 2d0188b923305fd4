import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import {
  type Check,
  deadline,
  judge,
  ok,
  share,
  type Verdict,
  wrong,
} from '@cloudnestle/operations/doctor/check';
import { plural } from '@cloudnestle/operations/words/plural';
import { parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { environmentSecret } from '@cloudnestle/topology/secrets';

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
    // The doctor has read it already: without it there is nothing to check.
    check(environmentSecret, async () => ok('has the shape that it should')),
    check(gatewayCredentials, async () => judgeCredentials(await readSecret(gatewayCredentials))),
    check(tokenSecret, async () => judgeTokenSecret(await readSecret(tokenSecret))),
  ];
}

/** Whether the gateway's credentials can be read as such. Says field names and counts, never what stands in them. */
export function judgeCredentials(text: string | undefined): Verdict {
  if (text === undefined) return findNoSecret();
  const parsed = parsePhonePeCredentials(text);
  if (parsed.kind === 'malformed') return findWrongShape(parsed.keys);
  const { webhookCredentials, webhookHmacKeys } = parsed.credentials;
  const isOff = webhookCredentials.length + webhookHmacKeys.length === 0;
  return judge(
    isOff
      ? [
          'webhookCredentials and webhookHmacKeys are empty: webhooks are answered 503; should have one',
        ]
      : [],
    `${plural(webhookCredentials.length, 'webhook credential')}, ${plural(webhookHmacKeys.length, 'HMAC key')}`,
  );
}

const schema = jsonVariable(tokenSecretSchema);

/** Whether entitlement tokens can be derived from the secret. */
export function judgeTokenSecret(text: string | undefined): Verdict {
  if (text === undefined) return findNoSecret();
  const parsed = schema.safeParse(text);
  if (parsed.success) return ok('has the shape that it should');
  // Names only: a message of the parser may quote what it read.
  return findWrongShape(parsed.error.issues.map(({ path }) => path.join('.')));
}

function findNoSecret(): Verdict {
  return wrong('there is no such secret');
}

/** `fields` are names; empty or nameless where the whole is at fault. */
function findWrongShape(fields: readonly string[]): Verdict {
  const named = [...new Set(fields)].filter(Boolean);
  return wrong(
    named.length > 0 ? `missing or malformed: ${named.join(', ')}` : 'is no JSON object',
  );
}

/** A secret's text, never to be shown; undefined where there is no such secret. */
export type ReadSecretText = (name: string) => Promise<string | undefined>;

export const READS_SECRETS = 'secretsmanager:GetSecretValue';

export function createSecretReader(secrets: SecretsManagerClient): ReadSecretText {
  return share(async (SecretId) => {
    try {
      const answer = await secrets.send(new GetSecretValueCommand({ SecretId }), deadline());
      return answer.SecretString ?? '';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  });
}
