import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { addMs } from '@cloudnestle/payments/clock';
import type { OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { istDay } from '@cloudnestle/payments/ist';
import { parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { buildByHand } from '@cloudnestle/reconciliation/operator/composition';
import { readRange } from '@cloudnestle/reconciliation/report/read-range';
import { createCommandPlatform } from '../../environment/create-platform.ts';
import { toVariables } from '../../environment/to-variables.ts';
import { type Check, notChecked, ok, type Verdict, wrong } from '../check.ts';
import { callTimeoutMs } from '../deadline.ts';
import { explainFailure } from '../explain-failure.ts';
import { plural } from '../plural.ts';
import { READS_SECRETS, type ReadSecretText } from '../secrets/read-secret.ts';

const DAY_MS = 86_400_000;
/** Orders of so many days are looked through, today's first. */
const DAYS = 7;
/** The newest orders that the gateway is asked about. */
const MOST_ASKED = 5;

/**
 * Whether the secret's merchant id is the one that the gateway names in its answers about our newest orders. A mistyped one
 * makes every payment a mismatch, and nothing else tells of it: the gateway takes the credentials all the same.
 */
export function checkMerchant(stage: EnvironmentSecret, readSecret: ReadSecretText): Check {
  return {
    check: 'merchant',
    subject: 'merchantId of the secret',
    asks: READS_SECRETS,
    look: async () => {
      const text = await readSecret(stage.secrets.gatewayCredentials);
      const parsed = text === undefined ? undefined : parsePhonePeCredentials(text);
      if (parsed?.kind !== 'credentials') return notChecked('there are no credentials to compare');
      const { merchantId } = parsed.credentials;
      try {
        return judgeMerchants(merchantId, await askAboutNewest(stage));
      } catch (error) {
        // What keeps the newest orders from being found is what the checks of the tables tell of.
        return notChecked(...explainFailure(error, 'dynamodb:Query').words);
      }
    },
  };
}

/** What the gateway answers about our newest orders, the newest first. */
async function askAboutNewest(stage: EnvironmentSecret): Promise<OrderStatusAnswer[]> {
  const platform = createCommandPlatform();
  const variables = toVariables(stage, { callsPerSecond: MOST_ASKED });
  const { gateway, listOrders } = buildByHand(variables, platform);
  const now = platform.now();
  const range = readRange({
    startDate: istDay(addMs(now, (1 - DAYS) * DAY_MS)),
    endDate: istDay(now),
  });
  const newest: string[] = [];
  find: for await (const page of listOrders(range)) {
    for (const { merchantOrderId } of page) {
      if (newest.length >= MOST_ASKED) break find;
      if (typeof merchantOrderId === 'string') newest.push(merchantOrderId);
    }
  }
  const options = { timeoutMs: callTimeoutMs() };
  return Promise.all(newest.map((id) => gateway.orderStatus(id, options)));
}

/** What the answers, the newest first, say of the secret's merchant id. Names the gateway's, never the secret's. */
export function judgeMerchants(merchantId: string, answers: readonly OrderStatusAnswer[]): Verdict {
  if (answers.length === 0) return notChecked(`no order of the last ${DAYS} days to ask about`);
  const named = answers.flatMap((answer) =>
    answer.kind === 'found' && answer.merchantId !== undefined ? [answer.merchantId] : [],
  );
  if (named.length === 0) {
    return notChecked(
      `the gateway names no merchant for the ${plural(answers.length, 'newest order')}`,
    );
  }
  // Older ones may be of a merchant that there was before.
  if (named[0] === merchantId) return ok('is the one that the gateway names for our newest orders');
  const others = [...new Set(named.filter((each) => each !== merchantId))].join(', ');
  return wrong(
    `the gateway names another for our newest orders (${others}): put that into merchantId of the secret`,
    'until then every final answer is a mismatch: docs/runbooks/attention-mismatch.md',
  );
}
