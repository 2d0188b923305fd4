import { analyticsQuerySchema } from '@cloudnestle/contracts/admin/analytics';
import { readRevenue } from '@cloudnestle/operations/revenue/read-revenue';
import { createRevenueDays } from '@cloudnestle/operations/revenue/revenue-days';
import { type Answer, answerOk, readQuery } from '../api/call.ts';

/** `GET analytics`: payments and revenue by day in India, as they were counted last. */
export const answerAnalytics: Answer = async (call) => {
  const { stage, sources } = call.desk;
  const days = createRevenueDays(sources.orderIndex.dynamo, stage.tables.operations);
  return answerOk(call, await readRevenue(days, readQuery(call, analyticsQuerySchema)));
};
