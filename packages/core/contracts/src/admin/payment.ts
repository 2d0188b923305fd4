import * as z from 'zod';
import { reconcileOrderResponseSchema } from '../http/reconciliation.ts';
import { attentionReasonSchema } from '../items/attention.ts';
import { disputeStateSchema } from '../items/dispute.ts';
import { documentKindSchema } from '../items/document-kind.ts';
import { mailStateSchema } from '../items/notification.ts';
import { timestampSchema } from '../time.ts';
import { actionSchema } from './actions.ts';
import { handrailShape, messageCountsSchema, partOf } from './common.ts';
import { letterRowSchema, lookedQueueSchema } from './letters.ts';
import { operatorRefundSchema } from './refunds.ts';

const text = z.string();
const maskedText = text.describe('Masked.');

/** What is to be said of an order; the command line's words, by the same code. */
export const verdictSchema = z.object({
  kind: z
    .enum(['consistent', 'waiting', 'repairable', 'person', 'unknown'])
    .describe(
      'waiting: nothing is wrong, something is still to come. repairable: `command` mends it or a part of it. person: an operator has to decide. unknown: only the gateway knows, and did not say.',
    ),
  isCertain: z.boolean().describe('False: something could not be seen, and might tell otherwise.'),
  findings: z.array(text).describe('What matters most first.'),
  command: text.optional().describe('A complete line to be pasted.'),
});
export type VerdictView = z.infer<typeof verdictSchema>;

/** The one thing to do about it. */
export const repairSchema = z.object({
  action: z
    .enum(['none', 'repair', 'resendMail', 'resolveAttention', 'endAccess', 'refund', 'terminal'])
    .describe('Which route mends it; terminal: only `command` does.'),
  attentionReason: attentionReasonSchema.optional().describe('Of resolveAttention.'),
  seenVersion: z.int().nonnegative().optional().describe('Of resolveAttention: hand it back.'),
  ...handrailShape,
});
export type RepairView = z.infer<typeof repairSchema>;

/** The order as our books have it. */
export const orderViewSchema = z.object({
  transactionId: text,
  merchantOrderId: text,
  gatewayOrderId: text.optional(),
  gateway: text.optional().describe('The gateway’s name.'),
  userId: text,
  userEmail: maskedText,
  planId: text,
  tier: text,
  amountInPaisa: z.int().nonnegative(),
  currency: text,
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
  failureReason: text.optional(),
  createdAt: text,
  expiresAt: text,
  completedAt: text.optional(),
  failedAt: text.optional(),
  hasPage: z.boolean().describe('A buyer has had the payment page.'),
  payment: z.object({
    mode: text.optional(),
    gatewayTransactionId: text.optional(),
    utr: maskedText.optional(),
    upiTransactionId: maskedText.optional(),
    vpa: maskedText.optional(),
  }),
  settlement: z.object({ status: text.optional(), expectedOn: text.optional() }),
  supersededBy: text.optional(),
  duplicateOf: text.optional(),
  accessRevokedAt: text.optional(),
  accessWord: z.object({ what: text, at: text, by: text, why: text }).optional(),
  refundsInPaisa: z.record(text, z.int()).optional(),
  refundHoldsInPaisa: z.record(text, z.int()).optional(),
  refundableInPaisa: z.int().nonnegative().describe('What is left to give back.'),
  disputes: z.array(
    z.object({
      disputeId: text,
      state: disputeStateSchema,
      since: text,
      at: text,
      gatewayState: text,
    }),
  ),
  attention: z.array(
    z.object({ reason: attentionReasonSchema, since: text, detail: text.optional() }),
  ),
  attentionVersion: z.int().nonnegative().optional(),
  attentionResolved: z.array(
    z.object({ reason: attentionReasonSchema, at: text, by: text, why: text }),
  ),
  history: z.array(z.object({ at: text, what: text, eventId: text })).describe('The oldest first.'),
});
export type OrderView = z.infer<typeof orderViewSchema>;

const holdingSchema = z.enum(['held', 'behind', 'missing']);

/** An entitlement record, as far as it says who may do what. */
const recordSchema = z.object({
  tier: text.optional(),
  status: text.optional(),
  hasGrant: z.boolean().describe('The order’s grant is noted in it.'),
});

/** What the buyer holds. */
export const accessViewSchema = z.object({
  user: partOf(
    z
      .object({
        userId: text,
        email: maskedText,
        tier: text.optional(),
        status: text.optional(),
        endsAt: text.optional(),
        hasGrant: z.boolean(),
      })
      .nullable(),
  ),
  records: partOf(
    z.array(
      z.object({
        solutionId: text,
        byUserId: recordSchema.nullable(),
        byEmail: z.array(recordSchema),
      }),
    ),
  ),
  holdings: z
    .object({
      user: holdingSchema,
      recordByUserId: holdingSchema,
      recordByEmail: holdingSchema,
      isComplete: z.boolean(),
    })
    .nullable()
    .describe('Only of a paid order whose user and records could be read.'),
});
export type AccessView = z.infer<typeof accessViewSchema>;

/** Where one effect of one event stands, as the tables prove it. */
export const walkEffectSchema = z.object({
  effect: text.describe('As `GET topology` names it.'),
  words: text,
  table: text,
  state: z
    .enum(['there', 'missing', 'notDue', 'unread'])
    .describe(
      'missing: it is due, and the tables do not show it. notDue: nothing asks for it, `fact` says why.',
    ),
  at: text.optional(),
  fact: text.optional().describe('What the table says, in words.'),
});

/** One event of the order on its way: published, through each subscriber’s queue, to its effects. */
export const walkEventSchema = z.object({
  detailType: text,
  eventId: text.optional(),
  at: text.optional().describe('When what it tells of happened.'),
  state: z
    .enum(['done', 'onTheWay', 'stopped', 'notPublished'])
    .describe(
      'stopped: an effect is missing for longer than it takes. notPublished: the gateway has the fact, our books have not.',
    ),
  subscribers: z.array(
    z.object({
      subscriber: text,
      state: z.enum(['done', 'onTheWay', 'missing', 'notDue', 'unread']),
      live: messageCountsSchema.optional().describe('Of its queue; of all orders.'),
      dead: messageCountsSchema.optional().describe('Of its dead-letter queue; of all orders.'),
      effects: z.array(walkEffectSchema),
    }),
  ),
  missing: z
    .array(z.object({ subscriber: text, effect: text, words: text }))
    .describe('What did not come about.'),
});
export type WalkEvent = z.infer<typeof walkEventSchema>;

/** One thing that happened. */
export const timelineEntrySchema = z.object({
  at: text,
  lane: text.describe('`checkout`, `gateway`, a subscriber, or `operator`.'),
  what: text.describe('In words.'),
  detail: text.optional(),
  weight: z.enum(['high', 'low']).describe('low: may be folded away.'),
  eventId: text.optional(),
  actionId: text.optional(),
  refundId: text.optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const mailViewSchema = z.object({
  kind: text,
  of: text.optional().describe('A refund’s id or a document’s number, where it is about one.'),
  state: mailStateSchema.nullable().describe('null: nothing is known of it.'),
});

/**
 * `GET /payments/admin/payments/{transactionId}`: the order from all sides, without receiving a dead letter. Where
 * dead letters lie that may be its own, the verdict is not certain and says so: `POST .../letters` looks at them.
 */
export const paymentResponseSchema = z.object({
  success: z.literal(true),
  stage: text,
  lookedAt: timestampSchema,
  etag: text.describe('Changes with what is shown; also the header `ETag`.'),
  order: orderViewSchema,
  gateway: partOf(reconcileOrderResponseSchema.shape.gateway).describe(
    'What the gateway says now.',
  ),
  discrepancies: z.array(text),
  access: accessViewSchema,
  verdict: verdictSchema,
  repair: repairSchema,
  walk: z.array(walkEventSchema).describe('The earliest event first.'),
  timeline: z.array(timelineEntrySchema).describe('The newest first.'),
  mails: partOf(z.array(mailViewSchema)),
  refunds: partOf(z.array(operatorRefundSchema)).describe('The oldest first.'),
  documents: partOf(
    z.array(
      z.object({
        number: text,
        kind: documentKindSchema,
        issuedAt: timestampSchema,
        totalInPaisa: z.int().nonnegative(),
      }),
    ),
  ),
  otherOrders: partOf(
    z.object({
      orders: z.array(
        z.object({
          transactionId: text,
          createdAt: text,
          status: text,
          amountInPaisa: z.int().nonnegative().optional(),
          duplicateOf: text.optional(),
          accessRevokedAt: text.optional(),
        }),
      ),
      isCut: z.boolean(),
    }),
  ),
  queues: z
    .array(
      z.object({
        name: text,
        live: partOf(messageCountsSchema).optional(),
        dead: partOf(messageCountsSchema),
      }),
    )
    .describe('Counts of all orders; nothing was received.'),
  actions: partOf(z.array(actionSchema)).describe('What operators did about it, the latest first.'),
  ...handrailShape,
});
export type PaymentResponse = z.infer<typeof paymentResponseSchema>;

/** `POST .../payments/{transactionId}/letters`: looks through every dead-letter queue for this order’s letters. */
export const paymentLettersResponseSchema = z.object({
  success: z.literal(true),
  takenAt: timestampSchema,
  letters: z.array(letterRowSchema),
  queues: z.array(lookedQueueSchema),
  verdict: verdictSchema.describe('With what the letters tell: the command line’s verdict.'),
  repair: repairSchema,
});
export type PaymentLettersResponse = z.infer<typeof paymentLettersResponseSchema>;
