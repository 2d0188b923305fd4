import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';
import { refundDataShape, refundGatewayShape } from './refund-data.ts';

const code = eventTextSchema.min(1).optional();

/** The gateway will not pay this refund back. What was set aside is free, and only another refund can be asked for. */
export const refundFailed = defineEvent({
  detailType: 'RefundFailed',
  schemaVersion: 1,
  data: () =>
    z.object({
      ...refundDataShape,
      ...refundGatewayShape,
      errorCode: code.describe("The gateway's code, for operators."),
      detailedErrorCode: code,
      failedAt: timestampSchema,
    }),
});
export type RefundFailedData = z.infer<typeof refundFailed.dataSchema>;
