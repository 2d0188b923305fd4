import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import {
  deadLetterAttributesSchema,
  replayAttributesSchema,
} from '@cloudnestle/contracts/dead-letter';
import { eventMetadataSchema } from '@cloudnestle/contracts/event-metadata';
import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import {
  merchantOrderIdSchema,
  transactionIdSchema,
  userIdSchema,
} from '@cloudnestle/contracts/ids';
import { instrumentSchema } from '@cloudnestle/contracts/instrument';
import { amountInPaisaSchema } from '@cloudnestle/contracts/money';
import { planSchema } from '@cloudnestle/contracts/plan';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { bus } from '@cloudnestle/topology/bus';
import * as z from 'zod';

/** Every detail type of the bus. */
export const detailTypes = Object.values(eventContracts).map(({ detailType }) => detailType);

export const dataName = (detailType: DetailType) => `${detailType}Data`;
export const eventName = (detailType: DetailType) => `${detailType}Event`;

const undeliveredAttributesSchema = z
  .object({
    RULE_ARN: z.string(),
    TARGET_ARN: z.string().describe('The queue that it was meant for.'),
    ERROR_CODE: z.string(),
    ERROR_MESSAGE: z.string(),
    RETRY_ATTEMPTS: z.string().optional(),
    EXHAUSTED_RETRY_CONDITION: z.string().optional(),
  })
  .describe('What EventBridge writes beside an event that it could not put into a queue.');

/** Everything that messages are made of, by its name in the document. */
export const eventSchemas: Readonly<Record<string, z.ZodType>> = {
  TransactionId: transactionIdSchema,
  MerchantOrderId: merchantOrderIdSchema,
  UserId: userIdSchema,
  AmountInPaisa: amountInPaisaSchema,
  Timestamp: timestampSchema,
  Plan: planSchema,
  Instrument: instrumentSchema,
  FailureReason: failureReasonSchema,
  EventMetadata: eventMetadataSchema,
  ...Object.fromEntries(
    detailTypes.flatMap((detailType) => [
      [dataName(detailType), eventContracts[detailType].dataSchema],
      [eventName(detailType), envelopeOf(detailType)],
    ]),
  ),
  DeadLetterAttributes: deadLetterAttributesSchema.extend(replayAttributesSchema.shape),
  UndeliveredAttributes: undeliveredAttributesSchema,
};

/** What stands in a queue: AWS's envelope around our detail. */
function envelopeOf(detailType: DetailType) {
  return busEnvelopeSchema.extend({
    source: z.literal(bus.source),
    'detail-type': z.literal(detailType),
    detail: eventContracts[detailType].detailSchema,
    version: z.string().describe("The envelope's own version, by AWS."),
    account: z.string(),
    region: z.string(),
    resources: z.array(z.string()).describe('Always empty.'),
  });
}
