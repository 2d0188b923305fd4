import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { openShardKeys } from '@cloudnestle/payments/index-keys';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { indexShardCount } from '@cloudnestle/topology/shards';
import * as z from 'zod';

/** An order as the index of open orders has it. The index lags: only a claim says what is true. */
export interface OpenOrderKey {
  transactionId: string;
  nextCheckAt: string;
}

/** One run's hold on one order (design, rule 9). */
export interface SweepClaim {
  transactionId: string;
  claimId: string;
  /** Until then the order is due for nobody. */
  leaseUntil: string;
}

/** The orders that somebody must still look at. */
export interface OpenOrders {
  /** Those due by a moment, or all; soonest first, page by page, read through the index only. */
  list(options: { dueBy?: string | undefined }): AsyncIterable<OpenOrderKey[]>;
  /** Moves the order out of others' sight and answers its row as it is now; undefined: somebody else was faster. */
  claim(key: OpenOrderKey, claim: SweepClaim): Promise<Record<string, unknown> | undefined>;
  /**
   * The three below end a claim, and do nothing where it does not stand any more: a subscriber has moved the order on.
   */
  reschedule(
    claim: SweepClaim,
    next: { nextCheckAt: string; effectsRepublished?: number },
  ): Promise<void>;
  /** Nobody needs to look any more. */
  close(claim: SweepClaim): Promise<void>;
  /** A person must look. False: the claim did not stand. */
  park(claim: SweepClaim, needsReview: string): Promise<boolean>;
}

const keySchema = z.object({ transactionId: z.string(), nextCheckAt: z.string() });

export function createOpenOrders(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}): OpenOrders {
  const { dynamo, table } = deps;
  const update = async (transactionId: string, expressions: Expressions) => {
    try {
      const answer = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { transactionId },
          ReturnValues: 'ALL_NEW',
          ...expressions,
        }),
      );
      return answer.Attributes;
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  };
  return {
    list: (options) => listPages(deps, options.dueBy),
    claim: ({ transactionId, nextCheckAt }, { claimId, leaseUntil }) =>
      update(transactionId, {
        UpdateExpression: 'SET nextCheckAt = :lease, sweepClaim = :claim',
        ConditionExpression:
          'attribute_exists(openShard) AND (nextCheckAt = :seen OR sweepClaim = :claim)',
        ExpressionAttributeValues: {
          ':lease': leaseUntil,
          ':claim': claimId,
          ':seen': nextCheckAt,
        },
      }),
    reschedule: async (claim, { nextCheckAt, effectsRepublished }) => {
      await update(claim.transactionId, {
        UpdateExpression: `SET nextCheckAt = :next${effectsRepublished === undefined ? '' : ', effectsRepublished = :times'}`,
        ConditionExpression: `sweepClaim = :claim AND (nextCheckAt = :lease OR nextCheckAt = :next)`,
        ExpressionAttributeValues: {
          ':next': nextCheckAt,
          ...(effectsRepublished === undefined ? {} : { ':times': effectsRepublished }),
          ...valuesOf(claim),
        },
      });
    },
    close: async (claim) => {
      await update(claim.transactionId, {
        UpdateExpression: 'REMOVE openShard, nextCheckAt, effectsRepublished',
        ConditionExpression: 'sweepClaim = :claim AND nextCheckAt = :lease',
        ExpressionAttributeValues: valuesOf(claim),
      });
    },
    park: async (claim, needsReview) => {
      const parked = await update(claim.transactionId, {
        UpdateExpression:
          'SET needsReview = :why REMOVE openShard, nextCheckAt, effectsRepublished',
        // The second half is this very write, repeated because its answer was lost.
        ConditionExpression:
          'sweepClaim = :claim AND (nextCheckAt = :lease OR (attribute_not_exists(nextCheckAt) AND needsReview = :why))',
        ExpressionAttributeValues: { ':why': needsReview, ...valuesOf(claim) },
      });
      return parked !== undefined;
    },
  };
}

type Expressions = Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>;

function valuesOf({ claimId, leaseUntil }: SweepClaim) {
  return { ':claim': claimId, ':lease': leaseUntil };
}

async function* listPages(
  deps: { dynamo: DynamoDBDocumentClient; table: string; index: string },
  dueBy: string | undefined,
): AsyncGenerator<OpenOrderKey[]> {
  for (const openShard of openShardKeys(indexShardCount)) {
    const pages = paginateQuery(
      { client: deps.dynamo },
      {
        TableName: deps.table,
        IndexName: deps.index,
        KeyConditionExpression: `openShard = :shard${dueBy === undefined ? '' : ' AND nextCheckAt <= :due'}`,
        ExpressionAttributeValues: {
          ':shard': openShard,
          ...(dueBy === undefined ? {} : { ':due': dueBy }),
        },
        ProjectionExpression: 'transactionId, nextCheckAt',
      },
    );
    for await (const { Items = [] } of pages) yield Items.map((item) => keySchema.parse(item));
  }
}
