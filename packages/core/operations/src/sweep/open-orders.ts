import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type FactForAttention, needsAttention } from '@cloudnestle/payments/attention/attention';
import { openShardKeys } from '@cloudnestle/payments/index-keys';
import { ifConditionHolds } from '@cloudnestle/runtime/aws-errors';
import { buildChange, mergeItem } from '@cloudnestle/runtime/merge-item';
import { indexShardCount } from '@cloudnestle/topology/tables';
import * as z from 'zod';
import { raise, type Step, takeSteps } from '../attention/steps.ts';

/** An order as the index of open orders has it. The index lags: only a claim says what is true. */
export interface OpenOrderKey {
  transactionId: string;
  nextCheckAt: string;
}

/** One run's claim on one order (rule 9). */
export interface SweepClaim {
  transactionId: string;
  claimId: string;
  /** Until then no other run takes the order. */
  leaseUntil: string;
}

/** The orders that the sweep must still look at. */
export interface OpenOrders {
  /** Those due by a moment, or all; soonest first, page by page, read through the index only. */
  list(options: { dueBy?: string | undefined }): AsyncIterable<OpenOrderKey[]>;
  /** Moves the order out of others' sight and answers its row as it is now; undefined: another run was faster. */
  claim(key: OpenOrderKey, claim: SweepClaim): Promise<Record<string, unknown> | undefined>;
  /**
   * All below end a claim, and do nothing where it does not stand any more: a subscriber has moved the order on.
   */
  reschedule(claim: SweepClaim, next: NextLook): Promise<void>;
  /** The sweep need not look any more. */
  close(claim: SweepClaim): Promise<void>;
  /** The same, and what the order needs an operator for takes these steps; answers the row as it is then. */
  closeWith(claim: SweepClaim, steps: readonly Step[]): Promise<Record<string, unknown>>;
  /** The sweep goes on looking, and what the order needs an operator for takes these steps. */
  rescheduleWith(claim: SweepClaim, next: NextLook, steps: readonly Step[]): Promise<void>;
  /** The order needs an operator, and the sweep goes on looking. False: the claim did not stand. */
  flag(claim: SweepClaim, fact: FactForAttention, next: NextLook): Promise<boolean>;
  /** The order needs an operator, and the sweep looks no more. False: the claim did not stand. */
  park(claim: SweepClaim, fact: FactForAttention): Promise<boolean>;
}

/** When an order is looked at again, and what the row keeps of this look. */
export interface NextLook {
  nextCheckAt: string;
  effectsRepublished?: number;
  outcomesPublished?: number;
  endTold?: string;
  endToldTimes?: number;
}

const keySchema = z.object({ transactionId: z.string(), nextCheckAt: z.string() });

export function createOpenOrders(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}): OpenOrders {
  const { dynamo, table } = deps;
  const update = async (transactionId: string, expressions: Expressions) => {
    const answer = await ifConditionHolds(
      dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { transactionId },
          ReturnValues: 'ALL_NEW',
          ...expressions,
        }),
      ),
    );
    return answer?.Attributes;
  };
  /** Ends a claim by a merge, because attention is decided on what the row says of it; the row as it is then. */
  const settle = async (
    claim: SweepClaim,
    keys: Partial<NextLook>,
    steps: readonly Step[],
  ): Promise<Record<string, unknown>> => {
    const { transactionId, claimId, leaseUntil } = claim;
    const gone = { openShard: undefined, nextCheckAt: undefined, ...noCounts };
    const result = await mergeItem({ dynamo, table }, { transactionId }, (row) => {
      if (row.sweepClaim !== claimId || row.nextCheckAt !== leaseUntil) return undefined;
      const attributes = keys.nextCheckAt === undefined ? gone : keys;
      return buildChange(row, {
        attributes: { ...attributes, ...takeSteps(row, steps) },
        stamps: {},
        basedOn: ['sweepClaim', 'nextCheckAt'],
      });
    });
    return result.kind === 'missing' ? {} : result.item;
  };
  /** Also where this very write stood and only its answer was lost. */
  const isWritten = (
    row: Record<string, unknown>,
    { claimId }: SweepClaim,
    { nextCheckAt }: Partial<NextLook>,
    { reason }: FactForAttention,
  ) => row.sweepClaim === claimId && row.nextCheckAt === nextCheckAt && needsAttention(row, reason);
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
    reschedule: async (claim, next) => {
      const given = Object.entries(next);
      await update(claim.transactionId, {
        UpdateExpression: `SET ${given.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ConditionExpression:
          'sweepClaim = :claim AND (nextCheckAt = :lease OR nextCheckAt = :nextCheckAt)',
        ExpressionAttributeValues: {
          ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
          ...valuesOf(claim),
        },
      });
    },
    close: async (claim) => {
      await update(claim.transactionId, {
        UpdateExpression: `REMOVE openShard, nextCheckAt, ${Object.keys(noCounts).join(', ')}`,
        ConditionExpression: 'sweepClaim = :claim AND nextCheckAt = :lease',
        ExpressionAttributeValues: valuesOf(claim),
      });
    },
    closeWith: (claim, steps) => settle(claim, {}, steps),
    rescheduleWith: async (claim, next, steps) => {
      await settle(claim, next, steps);
    },
    flag: async (claim, fact, next) =>
      isWritten(await settle(claim, next, [raise(fact)]), claim, next, fact),
    park: async (claim, fact) => isWritten(await settle(claim, {}, [raise(fact)]), claim, {}, fact),
  };
}

/** What the sweep counts on a row while the order is open. */
const noCounts = {
  effectsRepublished: undefined,
  outcomesPublished: undefined,
  endTold: undefined,
  endToldTimes: undefined,
};

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
