import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { invoiceDocumentSchema } from '@cloudnestle/contracts/items/invoice';
import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { createTestMarketplace } from '@cloudnestle/dev/testing/test-marketplace';
import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { createMailroom, exhausted, toBody } from './dead-letters.ts';

/** What a terminal would obey (clear, colour, title, return, hide, turn round), and a line that would not be ours. */
export const poison =
  'a\u001b[2J\u009b31m\u001b]0;t\u0007\r\u202e\u2028\ud800\nFORGED: all is well b';

/** A stage in which every text that others may have written is poison, and whose API answers poison as well. */
export interface PoisonedStage {
  run: LocalRun;
  orders: { paid: string; unreadable: string };
  /** Queues whose dead-letter queue holds poisoned letters. */
  queues: readonly string[];
  putLetters(): Promise<void>;
  stop(): Promise<void>;
}

const WHOLE = { user: 'buyer-1', sk: `solution#${DEFAULT_SOLUTION_ID}` };

export async function startPoisonedStage(): Promise<PoisonedStage> {
  const run = await startTestRun({ demoData: false });
  const marketplace = createTestMarketplace(run);
  const mailroom = createMailroom(run);
  const buyer = await marketplace.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  await Promise.all(Object.values(run.pollers).map((poller) => poller.pause()));

  const paid = await poisonOrder(order.transactionId);
  await poisonInvoice(order.transactionId);
  const unreadable = await addUnreadableOrder();
  await poisonBuyer();
  const answers = await startPoisonedServer();
  await leadTo(`http://127.0.0.1:${(answers.address() as AddressInfo).port}`);

  const queues = ['tiers', 'delivery'];
  return {
    run,
    orders: { paid, unreadable },
    queues,
    putLetters,
    stop: async () => {
      answers.close();
      mailroom.stop();
      marketplace.stop();
      await run.stop();
    },
  };

  /** What a buyer says of whom an invoice is made out to. */
  async function poisonInvoice(transactionId: string): Promise<void> {
    const item = await marketplace.get('invoices', {
      pk: `order#${transactionId}`,
      sk: 'INVOICE#1',
    });
    const document = invoiceDocumentSchema.parse(item?.document);
    const buyer = { ...document.buyer, name: poison, gstin: poison, address: poison };
    await marketplace.put('invoices', { ...item, document: { ...document, buyer } });
  }

  /** Everything of a row that a stranger's word could have reached, and that can still be read. */
  async function poisonOrder(transactionId: string): Promise<string> {
    const row = await marketplace.get('transactions', { transactionId });
    const texts = ['source', 'vpa', 'utr', 'payment_mode', 'phonepe_status', 'upi_transaction_id'];
    await marketplace.put('transactions', {
      ...row,
      ...Object.fromEntries(texts.map((name) => [name, poison])),
      duplicateOf: poison,
      ...raiseAttention(
        { transactionId },
        { reason: 'DISPUTE', id: poison, at: '2026-01-31T10:00:00.000Z', detail: poison },
        { shardCount: 1 },
      ),
      attentionResolved: { MISMATCH: { at: '2026-01-31T10:00:00.000Z', by: poison, why: poison } },
      settlement_date: poison,
      history: { ...Object(row?.history), [poison]: { what: poison, at: poison } },
    });
    await marketplace.put('notifications', {
      notificationKey: `order#${transactionId}`,
      welcome: { state: 'unknown', since: poison, why: poison },
      initiated: { state: 'skipped', why: poison, at: poison },
    });
    return transactionId;
  }

  async function addUnreadableOrder(): Promise<string> {
    const row = sampleRow({ userId: buyer.userId, createdAt: new Date().toISOString() });
    const { plan: _plan, ...rest } = row;
    await marketplace.put('transactions', { ...rest, tier: poison, dayShard: undefined });
    return row.transactionId;
  }

  async function poisonBuyer(): Promise<void> {
    const user = await marketplace.get('users', { userId: buyer.userId });
    await marketplace.put('users', {
      ...user,
      subscriptionTier: poison,
      subscriptionStatus: poison,
    });
    for (const owner of [buyer.userId, buyer.email]) {
      const record = await marketplace.get('entitlements', { pk: `user#${owner}`, sk: WHOLE.sk });
      await marketplace.put('entitlements', { ...record, access_tier: poison, tier: poison });
    }
  }

  async function putLetters(): Promise<void> {
    const event = JSON.parse(toBody(sampleCompleted(sampleOrder(sampleRow()))));
    const bad = { ...event, 'detail-type': poison, detail: { metadata: { eventId: poison } } };
    // SQS takes neither most control characters nor halves of a pair, but in JSON all of them.
    const reason = poison.replaceAll(/[\p{Cc}\p{Cs}]/gu, (each) =>
      each === '\n' || each === '\r' || each === '\u009b' ? each : '',
    );
    const letters = [
      { body: JSON.stringify(bad), attributes: exhausted(reason) },
      { body: JSON.stringify(event), attributes: { ...exhausted(reason), other: reason } },
      { body: reason, attributes: exhausted(reason, { replayedBy: reason, replayCount: '1' }) },
    ];
    await mailroom.put(run.provisioned.queues.tiers?.deadLetterUrl ?? '', letters);
    await mailroom.put(run.provisioned.deliveryDeadLetterUrl, [
      { body: JSON.stringify(bad), attributes: { TARGET_ARN: reason, ERROR_MESSAGE: reason } },
    ]);
  }

  /** The stage's API and token issuer are elsewhere from now on, as commands see it. */
  async function leadTo(url: string): Promise<void> {
    const secrets = new SecretsManagerClient({});
    const SecretId = 'marketplace/payments/environment';
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const stage = JSON.parse(SecretString);
    const admins = { ...stage.admins, tokenUrl: url };
    const poisoned = { ...stage, apiUrl: url, admins, mailFrom: `p@${poison}` };
    await secrets.send(
      new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(poisoned) }),
    );
    secrets.destroy();
  }
}

/** Answers everything with poison where words are. */
async function startPoisonedServer(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.statusCode = 200;
    response.end(
      JSON.stringify({ token: poison, result: poison, error: { code: poison, message: poison } }),
    );
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
