import { failureReasonSchema } from '@cloudnestle/contracts/events/payment-failed';
import { callbackResponseSchema } from '@cloudnestle/contracts/http/callback';
import {
  errorBodySchema,
  errorCodeSchema,
  requestIdSchema,
} from '@cloudnestle/contracts/http/error';
import { paymentStatusResponseSchema } from '@cloudnestle/contracts/http/payment-status';
import { plansResponseSchema } from '@cloudnestle/contracts/http/plans';
import {
  discrepancySchema,
  reconcileOrderRequestSchema,
  reconcileOrderResponseSchema,
} from '@cloudnestle/contracts/http/reconciliation';
import {
  reportDiscrepancySchema,
  reportRequestSchema,
  reportResponseSchema,
  reportSummarySchema,
  reportTransactionSchema,
  settlementSummarySchema,
} from '@cloudnestle/contracts/http/reconciliation-report';
import { refundRequestSchema, refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { upgradeRequestSchema, upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import {
  allowedResponseSchema,
  quotaExceededResponseSchema,
  refusedTokenResponseSchema,
  validateTokenRequestSchema,
} from '@cloudnestle/contracts/http/validate-token';
import { webhookResponseSchema } from '@cloudnestle/contracts/http/webhook';
import {
  merchantOrderIdSchema,
  transactionIdSchema,
  userIdSchema,
} from '@cloudnestle/contracts/ids';
import { paymentStatusSchema } from '@cloudnestle/contracts/items/transaction';
import { amountInPaisaSchema } from '@cloudnestle/contracts/money';
import { timestampSchema } from '@cloudnestle/contracts/time';
import * as z from 'zod';
import { adminAnswerSchemas, adminRequestSchemas, adminSharedSchemas } from './admin-schemas.ts';

/** What requests and answers are made of. */
export const sharedSchemas = {
  TransactionId: transactionIdSchema,
  MerchantOrderId: merchantOrderIdSchema,
  UserId: userIdSchema,
  AmountInPaisa: amountInPaisaSchema,
  Timestamp: timestampSchema,
  RequestId: requestIdSchema,
  PaymentStatus: paymentStatusSchema,
  FailureReason: failureReasonSchema,
  Discrepancy: discrepancySchema,
  ErrorCode: errorCodeSchema,
};

/** Of the callback: one of the two ids. */
const callbackRequestSchema = z.union([
  z.object({ transactionId: transactionIdSchema }),
  z.object({ merchantOrderId: merchantOrderIdSchema }),
]);

/** What the gateway sends, as far as the webhook reads it: the rest comes and goes. */
const webhookRequestSchema = z.object({
  event: z.string().min(1).describe('`checkout.order.completed`, `pg.refund.failed`, ...'),
  payload: z.record(z.string(), z.unknown()).describe('Only a reason to ask the gateway.'),
});

export const requestSchemas = {
  UpgradeRequest: upgradeRequestSchema,
  CallbackRequest: callbackRequestSchema,
  WebhookRequest: webhookRequestSchema,
  ValidateTokenRequest: validateTokenRequestSchema,
  ReconcileOrderRequest: reconcileOrderRequestSchema,
  ReportRequest: reportRequestSchema,
  RefundRequest: refundRequestSchema,
  ...adminRequestSchemas,
};

const gatewayMessageSchema = z
  .object({ message: z.string() })
  .describe("API Gateway's own answer, before any function of ours is called: it has no code.");

/** Every answer of ours carries the request's id beside what its contract says. */
const requestIdShape = { requestId: requestIdSchema };

export const answerSchemas = {
  UpgradeAnswer: upgradeResponseSchema.extend(requestIdShape),
  PlansAnswer: plansResponseSchema.extend(requestIdShape),
  CallbackAnswer: callbackResponseSchema.extend(requestIdShape),
  PaymentStatusAnswer: paymentStatusResponseSchema.extend(requestIdShape),
  WebhookAnswer: webhookResponseSchema,
  AllowedAnswer: allowedResponseSchema.extend(requestIdShape),
  QuotaExceededAnswer: quotaExceededResponseSchema.extend(requestIdShape),
  RefusedTokenAnswer: refusedTokenResponseSchema.extend(requestIdShape),
  ReconcileOrderAnswer: reconcileOrderResponseSchema.extend(requestIdShape),
  ReportAnswer: reportResponseSchema.extend(requestIdShape),
  RefundAnswer: refundResponseSchema.extend(requestIdShape),
  ReportSummary: reportSummarySchema,
  SettlementSummary: settlementSummarySchema,
  ReportTransaction: reportTransactionSchema,
  ReportDiscrepancy: reportDiscrepancySchema,
  ErrorAnswer: errorBodySchema,
  ApiGatewayAnswer: gatewayMessageSchema,
  ...adminAnswerSchemas,
  ...adminSharedSchemas,
};

export type RequestName = keyof typeof requestSchemas;
export type AnswerName = keyof typeof answerSchemas;
