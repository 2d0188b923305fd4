import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, type Order, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { type Buyer, createTestMarketplace } from '@cloudnestle/dev/testing/test-marketplace';
import { createActionLog } from '@cloudnestle/operations/actions/action-log';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { Pace } from '../../shell.ts';
import { runPayments } from '../../testing/run-payments.ts';

export interface Purchase {
  buyer: Buyer;
  order: Order;
}

/** What a buyer does on the payment page. */
export interface Ending {
  outcome: 'COMPLETED' | 'FAILED' | 'CANCELLED';
  webhook?: 'send' | 'lose';
  amountInPaisa?: number;
}

/** A running stage with buyers, damage and an operator beside it. */
export async function startScene() {
  const run = await startTestRun({
    demoData: false,
    retryScale: 0,
    webhookRetryDelaysMs: [],
  });
  const marketplace = createTestMarketplace(run);
  // Names of one length, so that lines break alike whichever tests run.
  for (let made = 1; made < 10; made += 1) await marketplace.addBuyer();
  const client = new DynamoDBClient({});
  const documents = DynamoDBDocumentClient.from(client);
  const { tables } = run.topology;

  const open = async (): Promise<Purchase> => {
    const buyer = await marketplace.addBuyer();
    const order = await upgrade(run, buyer);
    await run.idle();
    return { buyer, order };
  };
  const end = async (order: Order, how: Ending): Promise<void> => {
    await finish(run, order, { mode: 'UPI', ...how });
    await run.idle();
  };
  return {
    run,
    marketplace,
    /** An order whose page is open. */
    open,
    end,
    async buy(how: Ending = { outcome: 'COMPLETED' }): Promise<Purchase> {
      const purchase = await open();
      await end(purchase.order, how);
      return purchase;
    },
    /** `payments payment ...` as an operator calls it. */
    payment: (...args: string[]) => runPayments(run, ['payment', ...args]),
    with: (pace: Partial<Pace>, ...args: string[]) =>
      runPayments(run, ['payment', ...args], { pace }),
    /** An order's row as it stands. */
    row: (transactionId: string) => marketplace.get('transactions', { transactionId }),
    /** What the stage's action log has of an order, the latest first. */
    actionsOn: async (transactionId: string) => {
      const place = {
        dynamo: documents,
        table: tables.operations.name,
        byTime: defaultIndexNames.operationsByTime,
        byOrder: defaultIndexNames.operationsByOrder,
      };
      return (await createActionLog(place, () => new Date()).list({ transactionId })).actions;
    },
    notes: (transactionId: string) =>
      marketplace.get('notifications', { notificationKey: `order#${transactionId}` }),
    remove: (table: keyof LocalRun['topology']['tables'], Key: Record<string, string>) =>
      documents.send(new DeleteCommand({ TableName: tables[table].name, Key })),
    async stop() {
      client.destroy();
      marketplace.stop();
      await run.stop();
    },
  };
}
export type Scene = Awaited<ReturnType<typeof startScene>>;
