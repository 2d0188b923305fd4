import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dayShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { indexShardCount } from '@cloudnestle/topology/tables';
import type { DayRange } from '../orders-by-day.ts';
import { listRefunds } from './refund-rows.ts';

/** What was paid back on one day in India, by the gateway's word where it says when. */
export interface PaidBackDay {
  /** `2025-11-25` */
  day: string;
  refunds: number;
  amountInPaisa: number;
}

/** The days of a range on which money went back, the earliest first. */
export type ListPaidBack = (range: DayRange) => Promise<PaidBackDay[]>;

/** Reads the index of refunds by day, which lags a moment. Throws what DynamoDB answers. */
export function createListPaidBack(
  where: { dynamo: DynamoDBDocumentClient; table: string; index: string },
  onUnreadable: (refundId: string) => void,
): ListPaidBack {
  return async ({ days, from, to }) => {
    const sums = new Map<string, PaidBackDay>();
    const [first, last] = [from.toISOString(), to.toISOString()];
    for (const value of days.flatMap((day) => dayShardKeys(day, indexShardCount))) {
      const key = { name: 'dayShard', value } as const;
      for await (const page of listRefunds(where, key, onUnreadable)) {
        for (const { completedAt, amountInPaisa = 0 } of page) {
          if (completedAt === undefined || completedAt < first || completedAt > last) continue;
          const day = istDay(new Date(completedAt));
          const sum = sums.get(day) ?? { day, refunds: 0, amountInPaisa: 0 };
          sums.set(day, {
            day,
            refunds: sum.refunds + 1,
            amountInPaisa: sum.amountInPaisa + amountInPaisa,
          });
        }
      }
    }
    return [...sums.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
  };
}

/** Gross and net of a range: what its orders brought, less what went back on its days, whenever that was paid. */
export function sumMoney(grossInPaisa: number, days: readonly PaidBackDay[]) {
  const refundedInPaisa = days.reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);
  return { grossInPaisa, refundedInPaisa, netInPaisa: grossInPaisa - refundedInPaisa };
}
