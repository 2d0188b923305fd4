import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { LocalRun } from '../start.ts';

const inboxSchema = z.object({
  emails: z.array(
    z.object({
      destination: z.object({ to: z.array(z.string()) }),
      subject: z.string(),
      body: z.object({ html: z.string(), text: z.string() }),
    }),
  ),
});

/** Looks at what a run has left behind, past every service of ours. Make it after the run has started. */
export function createLook(run: LocalRun) {
  const client = new DynamoDBClient({ endpoint: run.awsEndpoint });
  const secrets = new SecretsManagerClient({ endpoint: run.awsEndpoint });
  const documents = DynamoDBDocumentClient.from(client);
  const get = async (TableName: string, Key: Record<string, string>) =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const { tables } = topology;
  return {
    user: async (userId: string) => userItemSchema.parse(await get(tables.users.name, { userId })),
    transaction: async (transactionId: string) =>
      transactionItemSchema.parse(await get(tables.transactions.name, { transactionId })),
    entitlement: async (owner: string) => {
      const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
      const item = await get(tables.entitlements.name, key);
      return item && entitlementItemSchema.parse(item);
    },
    /** Subjects of the mails to somebody, oldest first. */
    mails: async (to: string) => {
      const store = await fetch(`${run.url}/inbox/store`);
      const { emails } = inboxSchema.parse(await store.json());
      return emails.filter(({ destination }) => destination.to.includes(to));
    },
    /** A secret's content as it stands now. */
    secret: async (SecretId: string): Promise<unknown> => {
      const answer = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(answer.SecretString ?? '');
    },
    destroy: () => {
      client.destroy();
      secrets.destroy();
    },
  };
}
export type Look = ReturnType<typeof createLook>;
