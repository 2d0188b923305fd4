import { analyticsQuerySchema } from '@cloudnestle/contracts/admin/analytics';
import { readRevenue } from '@cloudnestle/operations/revenue/read-revenue';
import { type Answer, answerTagged, readQuery } from '../api/call.ts';

/** `GET analytics`: the revenue of some days, as the schedule has counted it. */
export const answerAnalytics: Answer = async (call) => {
  const range = readQuery(call, analyticsQuerySchema);
  return answerTagged(call, await readRevenue(call.desk.revenue, range));
};
