import { analyticsQuerySchema } from '@cloudnestle/contracts/admin/analytics';
import { type Answer, readQuery, refused } from '../api/call.ts';

/** `GET analytics`. */
export const answerAnalytics: Answer = async (call) => {
  readQuery(call, analyticsQuerySchema);
  throw refused('The numbers of days are not kept on this stage yet.');
};
