import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { connectGateways, gatewayEnvironmentShape } from '@cloudnestle/gateways/registry';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import {
  type Check,
  callTimeoutMs,
  explainFailure,
  notChecked,
  ok,
  type Verdict,
  wrong,
} from '@cloudnestle/operations/doctor/check';
import { readRange } from '@cloudnestle/operations/orders-by-day';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { plural } from '@cloudnestle/operations/words/plural';
import { addMs } from '@cloudnestle/payments/clock';
import type { OrderStatusAnswer, PaymentGateway } from '@cloudnestle/payments/gateway';
import { istDay } from '@cloudnestle/payments/ist';
import { parsePhonePeCredentials } from '@cloudnestle/phonepe/credentials';
import { readConfig } from '@cloudnestle/runtime/config';
import { describeError } from '@cloudnestle/runtime/errors';
import { createGatewayTools } from '@cloudnestle/runtime/gateway-tools';
import { routes } from '@cloudnestle/topology/routes';
import * as z from 'zod';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { READS_SECRETS, type ReadSecretText } from './secrets.ts';

/** No order is called so: their ids begin with `MP-`. */
const NO_ORDER = 'payments-doctor-asks-about-no-order';

/** Whether the payment gateway is there and takes our credentials: one question, about an order that does not exist. */
export function checkGateway(stage: EnvironmentSecret, readSecret: ReadSecretText): Check {
  return {
    check: 'gateway',
    subject: stage.gateway.baseUrl,
    asks: READS_SECRETS,
    look: async () => {
      // Fails here where the caller may not read them: the gateway's port would call that unreachable.
      const credentials = await readSecret(stage.secrets.gatewayCredentials);
      if (credentials === undefined) return notChecked('there are no credentials to ask with');
      const variables = toVariables(stage, { callsPerSecond: 1 });
      const config = readConfig(z.object(gatewayEnvironmentShape), variables);
      const { standard } = connectGateways(config, createGatewayTools(createCommandPlatform()));
      return judgeAnswer(await standard.orderStatus(NO_ORDER, { timeoutMs: callTimeoutMs() }));
    },
  };
}

/** What its answer says of address and credentials. */
export function judgeAnswer(answer: OrderStatusAnswer): Verdict {
  switch (answer.kind) {
    case 'notFound':
    case 'found':
      return ok('answers and takes our credentials');
    case 'refused':
      return wrong(
        `refuses to answer (${answer.httpStatus} ${answer.code}): are address and credentials of one account?`,
      );
    case 'unreachable':
      return wrong(`cannot be asked: ${answer.reason}`);
  }
}

const DAY_MS = 86_400_000;
/** Orders of so many days are looked through, today's first. */
const DAYS = 7;
/** The newest orders that the gateway is asked about. */
const MOST_ASKED = 5;

/**
 * Whether the secret's merchant id is the one that the gateway names in its answers about our newest orders. A mistyped
 * one makes every payment a mismatch, and nothing else tells of it: the gateway takes the credentials all the same.
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
  const { gateways, listOrders } = connectOperations(variables, platform);
  const now = platform.now();
  const range = readRange({
    startDate: istDay(addMs(now, (1 - DAYS) * DAY_MS)),
    endDate: istDay(now),
  });
  const newest: { id: string; gateway: PaymentGateway }[] = [];
  find: for await (const page of listOrders(range)) {
    for (const row of page) {
      if (newest.length >= MOST_ASKED) break find;
      const { data } = askedSchema.safeParse(row);
      if (data) newest.push({ id: data.merchantOrderId, gateway: gateways.of(data) });
    }
  }
  const options = { timeoutMs: callTimeoutMs() };
  return Promise.all(newest.map(({ id, gateway }) => gateway.orderStatus(id, options)));
}

const askedSchema = z.object({
  merchantOrderId: z.string(),
  paymentMethod: z.string().optional().catch(undefined),
});

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

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

/** Whether webhooks reach the stage, and calls without credentials are refused: one such call. */
export function checkWebhook({ apiUrl }: EnvironmentSecret): Check {
  const { method = 'POST', path = '' } = routes.find((each) => each.function === 'webhook') ?? {};
  const url = `${apiUrl.replace(/\/+$/, '')}${path}`;
  return {
    check: 'webhook',
    subject: path,
    asks: `${method} ${url}`,
    look: () => callWithoutCredentials(method, url),
  };
}

async function callWithoutCredentials(method: string, url: string): Promise<Verdict> {
  const request = {
    method,
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual' as const,
    signal: AbortSignal.timeout(callTimeoutMs()),
  };
  try {
    const answer = await fetch(url, request);
    const body = errorSchema.safeParse(await answer.json().catch(() => undefined));
    return judgeWebhookAnswer(answer.status, body.data?.error.code);
  } catch (error) {
    // `fetch failed`, and why in its cause.
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    return wrong(`${url} does not answer (${describeError(reason)})`);
  }
}

/** What the webhook's endpoint answers to a call without credentials; `code` as its error names itself. */
export function judgeWebhookAnswer(status: number, code: string | undefined): Verdict {
  if (status === 401) return ok('is reached, and refuses strangers');
  if (status === 503 && code === 'NOT_CONFIGURED') {
    return wrong('is off (503): the secret with the gateway’s credentials has none for webhooks');
  }
  if (status >= 200 && status < 300) {
    return wrong(`takes a webhook from a stranger (${status}); should answer 401`);
  }
  return wrong(
    `answers ${[status, code].filter(Boolean).join(' ')} to a stranger; should answer 401`,
  );
}
