import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { phonePeCredentialsSchema } from '@cloudnestle/phonepe/credentials';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson, sendSimulatedWebhook, upgrade } from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';

const buyer = { userId: 'marked-buyer', email: 'Marked.Person@private-mail.example' };

let run: LocalRun;
let look: Look;
/** Everything this process printed, wherever it came from. */
const printed: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed.push(String(chunk));
      return true;
    });
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => {
      printed.push(words.map(String).join(' '));
    });
  }
  // The default sink: what a developer at the terminal would see.
  run = await startTestRun({ log: undefined, retryScale: 0, webhookRetryDelaysMs: [20] });
  look = createLook(run);
});

afterAll(async () => {
  look?.destroy();
  await run?.stop();
  vi.restoreAllMocks();
});

test('no secret, token, VPA, UTR, email or body is printed, whatever happens', async () => {
  await addMarkedBuyer();
  const order = await upgrade(run, buyer);
  await run.idle();
  await upgrade(run, buyer);

  // Refusals and bad input, each with something that must not be repeated.
  const marked = {
    userId: buyer.userId,
    userEmail: 'other.person@private-mail.example',
    tier: 'pro',
  };
  await postJson(`${run.url}/payments/upgrade-to-pro`, marked);
  await postJson(`${run.url}/payments/upgrade-to-pro`, {
    ...marked,
    userEmail: 'bad private-mail',
  });
  await postJson(`${run.url}/payments/nowhere/private-mail`, marked);
  await sendSimulatedWebhook(run, order.merchantOrderId, 'wrong-signature-private-mail');
  await sendSimulatedWebhook(run, 'MP-unknown-1732356000-abc123');
  await sendRawWebhook('{"private-mail":');
  run.sandbox.faults.add({ operation: 'status', kind: 'status', status: 500 });

  // A mail service that names the refused address, and a message that is no event.
  let refusals = 0;
  run.cloud?.intercept(({ service }) => {
    refusals += service === 'ses' ? 1 : 0;
    return service === 'ses' && refusals === 1
      ? {
          when: 'before',
          status: 400,
          errorType: 'MessageRejected',
          message: `Email address is not verified: ${buyer.email}`,
        }
      : undefined;
  });
  await sendPoison(`{"detail":{"email":"${buyer.email}"}}`);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'duplicate' });
  await run.idle();

  await useEverythingElse(order.transactionId);

  const row = await look.transaction(order.transactionId);
  expect(row.status).toBe('COMPLETED');
  expect(refusals).toBeGreaterThan(0);
  // On AWS every field of a line is written, not only those a terminal shows.
  const fields = JSON.stringify(run.timeline.entries());
  const terminal = printed.join('');
  expect(terminal).toContain('dead-lettered');
  const secrets = await collectSecrets(row);
  for (const [what, value] of Object.entries(secrets)) {
    expect(value.length, `${what} is known`).toBeGreaterThan(3);
    for (const text of [terminal, fields]) {
      expect(text.toLowerCase().includes(value.toLowerCase()), `${what} was logged`).toBe(false);
    }
  }
  // The lines for a terminal are no JSON.
  expect(terminal).not.toMatch(/\{"/);
});

/** Token validation, browser return, sweep and an admin's questions, with good and bad input. */
async function useEverythingElse(transactionId: string): Promise<void> {
  const { token } = (await look.entitlement(buyer.userId)) ?? {};
  const validate = `${run.url}/api/validate-solution-token`;
  const solution_id = DEFAULT_SOLUTION_ID;
  await postJson(validate, { token, solution_id, user_email: buyer.email });
  await postJson(validate, { token: `${token}x`, solution_id });
  await postJson(validate, { token, solution_id: 'private-mail-solution' });
  await postJson(validate, { token: [token], solution_id });
  await postJson(`${run.url}/payments/callback`, { transactionId, email: buyer.email });
  await fetch(`${run.url}/payments/callback?transactionId=private-mail`);
  await run.schedules.sweep.runNow();
  const issued = await postJson(`${run.url}/local-issuer/token`, { groups: ['admin'] });
  const { token: adminToken } = z.object({ token: z.string() }).parse(await issued.json());
  const reconcile = `${run.url}/payments/reconciliation`;
  const authorization = `Bearer ${adminToken}`;
  await postJson(reconcile, { transactionId }, { authorization });
  await postJson(reconcile, { transactionId: 'private-mail' }, { authorization });
  const day = new Date().toISOString();
  const report = { action: 'generate_report', startDate: day.slice(0, 10), endDate: day };
  expect((await postJson(reconcile, report, { authorization })).status).toBe(200);
  await postJson(reconcile, { transactionId }, { authorization: 'Bearer private-mail' });
}

async function collectSecrets(row: {
  utr?: string | undefined;
  vpa?: string | undefined;
  upi_transaction_id?: string | undefined;
}) {
  const credentials = phonePeCredentialsSchema.parse(
    await look.secret(run.topology.secrets.gatewayCredentials),
  );
  const { tokenSecret } = tokenSecretSchema.parse(
    await look.secret(run.topology.secrets.tokenSecret),
  );
  const [hook] = credentials.webhookCredentials;
  const [hmacKey] = credentials.webhookHmacKeys;
  const entitlement = await look.entitlement(buyer.userId);
  return {
    mailDomain: 'private-mail',
    emailName: 'marked.person',
    utr: row.utr ?? '',
    vpa: row.vpa ?? '',
    upiTransactionId: row.upi_transaction_id ?? '',
    entitlementToken: entitlement?.token ?? '',
    tokenSecret,
    clientSecret: credentials.clientSecret,
    webhookPassword: hook?.password ?? '',
    webhookHeader: createHash('sha256').update(`${hook?.username}:${hook?.password}`).digest('hex'),
    hmacKey: hmacKey?.key ?? '',
    oauthScheme: 'O-Bearer',
  };
}

async function addMarkedBuyer(): Promise<void> {
  const client = new DynamoDBClient({});
  await DynamoDBDocumentClient.from(client).send(
    new PutCommand({
      TableName: run.topology.tables.users.name,
      Item: { ...buyer, subscriptionTier: 'registered', subscriptionStatus: 'active' },
    }),
  );
  client.destroy();
}

async function sendPoison(body: string): Promise<void> {
  const client = createSqsClient();
  const QueueUrl = run.provisioned.queues.tiers?.url;
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  client.destroy();
}

function sendRawWebhook(body: string): Promise<Response> {
  const authorization = createHash('sha256').update('local_webhook:localWebhook1').digest('hex');
  return fetch(`${run.url}/payments/phonepe-webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body,
  });
}
