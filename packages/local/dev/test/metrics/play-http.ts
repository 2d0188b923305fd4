import { sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import { webhookCredentials } from '@cloudnestle/test-kit/gateway';
import { buildContext, invokeHttp, invokeSchedule } from '@cloudnestle/test-kit/invoke';
import { handlerBuilders } from '../../src/handlers.ts';
import { NOBODY, type World } from './world.ts';

/** What buyers, the gateway and the clock may make of the functions that answer them. */
export async function playHttp(world: World): Promise<void> {
  await openPages(world);
  await receiveWebhooks(world);
  await returnFromPage(world);
  await sweep(world);
}

async function openPages({ environmentOf, addBuyer }: World): Promise<void> {
  for (const url of [undefined, NOBODY]) {
    const body = { ...(await addBuyer()), tier: 'pro' };
    await invokeHttp(handlerBuilders.upgrade(environmentOf('upgrade', url)), { body });
  }
}

async function receiveWebhooks(world: World): Promise<void> {
  const { environmentOf, addOrder, addMismatch } = world;
  const webhook = handlerBuilders.webhook(environmentOf('webhook'));
  const cutOff = handlerBuilders.webhook(environmentOf('webhook', NOBODY));
  const { username, password } = webhookCredentials;
  const headers = { authorization: sha256AuthorizationHeader(username, password) };
  const bodyOf = (merchantOrderId: string, event = 'checkout.order.completed') => ({
    event,
    payload: { merchantOrderId, state: 'COMPLETED', amount: 29_900 },
  });
  await invokeHttp(webhook, { body: bodyOf('MP-any') });
  await invokeHttp(webhook, { headers, body: bodyOf('MP-any', 'settlement.initiated') });
  await invokeHttp(webhook, { headers, body: bodyOf('MP-any-1732356000-abc123') });
  const { row: mismatching } = await addMismatch();
  await invokeHttp(webhook, { headers, body: bodyOf(mismatching.merchantOrderId) });
  const { row } = await addOrder();
  await invokeHttp(cutOff, { headers, body: bodyOf(row.merchantOrderId) });
}

async function returnFromPage({ environmentOf, addMismatch }: World): Promise<void> {
  const { row } = await addMismatch();
  const callback = handlerBuilders.callback(environmentOf('callback'));
  await invokeHttp(callback, { body: { transactionId: row.transactionId } });
}

async function sweep({ environmentOf, addMismatch }: World): Promise<void> {
  await addMismatch();
  const run = handlerBuilders.sweep(environmentOf('sweep'));
  await invokeSchedule(run, buildContext({ timeoutMs: 50_000 }));
}
