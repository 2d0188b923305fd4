import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { buildHandler } from '@cloudnestle/entitlements/validation/composition';
import { AWS_TIMEOUT_MS } from '@cloudnestle/entitlements/validation/deadlines';
import { buildCount } from '@cloudnestle/entitlements/validation/stores/build-count';
import { buildCatalogue, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { buildInvocation, type Invocation } from '../build-invocation.ts';
import type { Address } from './cloud/cloud-messages.ts';
import { type Searcher, tokenOf } from './cloud/records.ts';

/** A user about to search. */
export interface Search {
  searcher: Searcher;
  token: string;
  /** The handler's. The other side has one too, so that both leave the same to the garbage collector. */
  invocation: Invocation;
}

/** Validates the token once. Rejects where the search may not go ahead. */
export type Side = (search: Search) => Promise<void>;

export interface Sides {
  handler: Side;
  bare: Side;
}

/** Made ahead, so that nothing but the validation is measured. */
export async function prepareSearch(searcher: Searcher, index: number): Promise<Search> {
  const token = tokenOf(searcher, index);
  const invocation = await buildInvocation({
    path: '/api/validate-solution-token',
    body: JSON.stringify({ token, solution_id: DEFAULT_SOLUTION_ID }),
  });
  return { searcher, token, invocation };
}

/** The function as it is deployed. */
export function createHandlerSide({ environment }: Address): Side {
  const handle = buildHandler(environment);
  return async ({ invocation: { event, context } }) => {
    const { statusCode } = await handle(event, context);
    if (statusCode !== 200) throw new Error(`the validation answered ${statusCode}`);
  };
}

/** The least that its work can be: the index, the records it names, the count, and nothing between. */
export function createBareSide({ environment, day }: Address): Side {
  const dynamo = createDynamoClient({ timeoutMs: AWS_TIMEOUT_MS, maxAttempts: 1 });
  const TableName = environment.ENTITLEMENTS_TABLE;
  const count = buildCount('incrementNumber', day, registeredQuota());
  const listKeys = async (token: string) => {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName,
        IndexName: environment.ENTITLEMENTS_BY_TOKEN_INDEX,
        KeyConditionExpression: '#token = :token',
        FilterExpression: 'sk = :solution',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: {
          ':token': token,
          ':solution': `solution#${DEFAULT_SOLUTION_ID}`,
        },
        ProjectionExpression: 'pk, sk',
      }),
    );
    return Items;
  };
  return async ({ searcher, token }) => {
    for (const Key of await listKeys(token)) {
      await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (searcher === 'pro') continue;
      await dynamo.send(new UpdateCommand({ TableName, Key, ReturnValues: 'ALL_NEW', ...count }));
    }
  };
}

function registeredQuota(): number {
  const { tiers } = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID });
  const quota = tiers.find(({ tier }) => tier === 'registered')?.dailyQuota;
  if (!quota) throw new Error('the catalogue has no limit for registered users');
  return quota;
}
