import { gateways } from '@cloudnestle/contracts/gateways';
import { refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { documentItemSchema } from '@cloudnestle/contracts/items/invoice';
import { emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import { buildDocumentEvent } from '@cloudnestle/payments/invoices/build-document-events';
import { makeInvoiceToken } from '@cloudnestle/payments/invoices/link-token';
import type { Order } from '@cloudnestle/payments/order';
import { buildRefundRequestedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import { adminClaims } from '@cloudnestle/reconciliation/on-demand/testing/subject';
import {
  buildContext,
  buildRecord,
  invokeHttp,
  invokeQueue,
  invokeSchedule,
} from '@cloudnestle/runtime/testing/invoke';
import { payAtGateway, webhookCredentials } from '@cloudnestle/test-kit/gateway';
import { sampleCompleted, sampleRefunded } from '@cloudnestle/test-kit/samples';
import type {
  HttpFunctionName,
  ScheduledFunctionName,
  SubscriberName,
} from '@cloudnestle/topology/types';
import { handlerBuilders } from '../../src/build-handlers.ts';
import type { World } from './metrics-world.ts';

export const TOKEN_SECRET = 'only-for-tests'.repeat(4);

/** Prepares so many jobs of a function, and answers how to run them: together where it takes batches. */
export type Scene = (count: number) => Promise<() => Promise<unknown>>;

export type SceneName = keyof ReturnType<typeof createScenes>;

type Event = { detailType: string; detail: unknown };

const now = () => new Date().toISOString();

/** The event of a payment as each subscriber gets it, with all that it needs to be settled. */
export function createEvents({ cloud, addOrder }: World) {
  const addPaid = async () => {
    const order = await addOrder({
      status: 'COMPLETED',
      completedAt: now(),
      billing: { stateCode: '29' },
    });
    const { userId, transactionId } = order.row;
    await cloud.put('checkouts', {
      checkoutKey: `${userId}#${order.plan.tier}`,
      paid: { [transactionId]: order.row.completedAt },
    });
    return order;
  };
  const addRecords = async ({ row, plan }: Order, changes: Record<string, unknown> = {}) => {
    const { userId, userEmail } = row;
    for (const solutionId of plan.solutionIds) {
      for (const key of [
        userRecordKey(userId, solutionId),
        ...emailRecordKeys([userEmail], solutionId),
      ]) {
        await cloud.put('entitlements', {
          ...key,
          tier: 'registered',
          status: 'active',
          ...changes,
        });
      }
    }
  };
  const completed = async () => {
    const order = await addOrder();
    await addRecords(order);
    return sampleCompleted(order, now());
  };
  return {
    addPaid,
    addRecords,
    tiers: completed,
    entitlements: completed,
    notifications: completed,
    reconciliation: completed,
    invoices: async () => sampleCompleted(await addPaid(), now()),
  };
}

/** One healthy job of each function, most in the shape in which it comes for every payment. */
export function createScenes(world: World) {
  const { cloud, gateway, environmentOf, addBuyer, addOrder } = world;
  const { addPaid, addRecords, ...events } = createEvents(world);

  const queue = (name: SubscriberName, event: () => Promise<Event>): Scene => {
    const handler = handlerBuilders[name](environmentOf(name));
    return async (count) => {
      const events = await Promise.all(Array.from({ length: count }, event));
      return async () => {
        const records = events.map((each) => buildRecord(each));
        const { batchItemFailures } = await invokeQueue(handler, records);
        if (batchItemFailures.length > 0) throw new Error(`${name} wants records again`);
      };
    };
  };
  const http = (
    name: HttpFunctionName,
    request: () => Promise<Parameters<typeof invokeHttp>[1]>,
  ): Scene => {
    const handler = handlerBuilders[name](environmentOf(name));
    return async () => {
      const prepared = await request();
      return async () => {
        const { statusCode } = await invokeHttp(handler, prepared);
        if (statusCode >= 400) throw new Error(`${name} answered ${statusCode}`);
      };
    };
  };
  const schedule = (name: ScheduledFunctionName, prepare: () => Promise<unknown>): Scene => {
    const handler = handlerBuilders[name](environmentOf(name));
    return async () => {
      await prepare();
      return () => invokeSchedule(handler, buildContext({ timeoutMs: 50_000 }));
    };
  };

  const addPaidAtGateway = async () => {
    const order = await addOrder();
    await payAtGateway(gateway, order);
    return order;
  };
  const invoiced = async () => {
    const order = await addPaid();
    await invokeQueue(invoiceHandler, [buildRecord(sampleCompleted(order, now()))]);
    const key = { pk: `order#${order.row.transactionId}`, sk: 'INVOICE#1' };
    const { document } = documentItemSchema.parse(await cloud.get('invoices', key));
    if (!document) throw new Error('an order without its invoice');
    return { order, document };
  };
  const requestRefund = async () => {
    const order = await addPaid();
    await payAtGateway(gateway, order);
    return order;
  };
  const refundRequest = async () => {
    const { transactionId } = (await requestRefund()).row;
    return {
      path: '/payments/refunds',
      body: {
        transactionId,
        reason: 'OTHER',
        idempotencyKey: `key-of-${transactionId.slice(-20)}`,
      },
      claims: { ...adminClaims },
    };
  };
  const askForRefund = async () => {
    const handler = handlerBuilders.refund(environmentOf('refund'));
    const answer = await invokeHttp(handler, await refundRequest());
    return refundResponseSchema.parse(answer.body).refund;
  };
  const invoiceHandler = handlerBuilders.invoices(environmentOf('invoices'));
  return {
    tiers: queue('tiers', events.tiers),
    entitlements: queue('entitlements', events.entitlements),
    notifications: queue('notifications', events.notifications),
    reconciliation: queue('reconciliation', events.reconciliation),
    invoices: queue('invoices', events.invoices),
    'notifications, of an invoice': queue('notifications', async () => {
      const { document } = await invoiced();
      return buildDocumentEvent(document, { producer: 'invoices', causationId: 'c' });
    }),
    'reconciliation, of a refund': queue('reconciliation', async () =>
      sampleRefunded(await addPaid()),
    ),
    refunds: queue('refunds', async () => {
      const { createdAt: requestedAt, amountInPaisa = 0, ...asked } = await askForRefund();
      return buildRefundRequestedEvent(
        { ...asked, requestedAt, amountInPaisa },
        { producer: 'refunds', causationId: 'c' },
      );
    }),
    webhook: http('webhook', async () => {
      const { row } = await addPaidAtGateway();
      const { username, password } = webhookCredentials;
      return {
        path: gateways.phonepe.webhookPath,
        headers: { authorization: sha256AuthorizationHeader(username, password) },
        body: {
          event: 'checkout.order.completed',
          payload: {
            merchantOrderId: row.merchantOrderId,
            state: 'COMPLETED',
            amount: row.amount,
          },
        },
      };
    }),
    upgrade: http('upgrade', async () => ({ body: { ...(await addBuyer()), tier: 'pro' } })),
    callback: http('callback', async () => ({
      body: { transactionId: (await addPaidAtGateway()).row.transactionId },
    })),
    paymentStatus: http('paymentStatus', async () => {
      const order = await addPaid();
      await addRecords(order, { tier: 'pro' });
      return { method: 'GET', pathParameters: { transactionId: order.row.transactionId } };
    }),
    plans: http('plans', async () => ({ method: 'GET' })),
    validateToken: http('validateToken', async () => {
      const order = await addOrder();
      const token = `tok_perm_${order.row.merchantOrderId.slice(-32)}`;
      await addRecords(order, { token });
      return { body: { token, solution_id: order.plan.solutionIds[0] } };
    }),
    refund: http('refund', refundRequest),
    refundStatus: http('refundStatus', async () => ({
      method: 'GET',
      pathParameters: { refundId: (await askForRefund()).refundId },
      claims: { ...adminClaims },
    })),
    reconcile: http('reconcile', async () => ({
      body: { transactionId: (await addPaidAtGateway()).row.transactionId },
      claims: { ...adminClaims },
    })),
    invoice: http('invoice', async () => {
      const { transactionId } = (await invoiced()).order.row;
      return {
        method: 'GET',
        pathParameters: { transactionId },
        query: { token: makeInvoiceToken(transactionId, TOKEN_SECRET) },
      };
    }),
    sweep: schedule('sweep', async () => {}),
    refundSweep: schedule('refundSweep', async () => {}),
    invoiceSweep: schedule('invoiceSweep', async () => {}),
  } satisfies Record<string, Scene>;
}
