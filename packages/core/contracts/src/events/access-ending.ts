import type * as z from 'zod';
import { defineEvent } from '../event.ts';
import { timestampSchema } from '../time.ts';
import { accessEnded } from './access-ended.ts';

/**
 * A pass runs out in a few days, and nothing that was bought follows it: a reason to remind its buyer. A courtesy, and
 * true only when it was said: the buyer may renew a minute later.
 */
export const accessEnding = defineEvent({
  detailType: 'AccessEnding',
  schemaVersion: 1,
  data: () =>
    accessEnded.dataSchema
      .pick({ transactionId: true, userId: true, userEmail: true, plan: true })
      .extend({
        endsAt: timestampSchema.describe('The end of the pass as its buyer’s payments stood then.'),
      }),
});
export type AccessEndingData = z.infer<typeof accessEnding.dataSchema>;
