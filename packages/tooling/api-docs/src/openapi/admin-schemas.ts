import { actionSchema, actionsResponseSchema } from '@cloudnestle/contracts/admin/actions';
import { analyticsResponseSchema } from '@cloudnestle/contracts/admin/analytics';
import {
  attentionResponseSchema,
  changeAccessRequestSchema,
  changeAccessResponseSchema,
  resolveAttentionRequestSchema,
  resolveAttentionResponseSchema,
} from '@cloudnestle/contracts/admin/attention';
import { healthResponseSchema } from '@cloudnestle/contracts/admin/health';
import {
  jobResponseSchema,
  jobResultsResponseSchema,
  jobSchema,
  jobsResponseSchema,
} from '@cloudnestle/contracts/admin/jobs';
import {
  discardRequestSchema,
  jobStartedResponseSchema,
  keptLettersResponseSchema,
  letterPreviewResponseSchema,
  letterRowSchema,
  lookLetterResponseSchema,
  lookResponseSchema,
  queuesResponseSchema,
  replayRequestSchema,
  restoreRequestSchema,
  startLookRequestSchema,
  startLookResponseSchema,
} from '@cloudnestle/contracts/admin/letters';
import { meResponseSchema } from '@cloudnestle/contracts/admin/me';
import {
  orderRowSchema,
  ordersResponseSchema,
  searchRequestSchema,
  searchResponseSchema,
} from '@cloudnestle/contracts/admin/orders';
import {
  paymentLettersResponseSchema,
  paymentResponseSchema,
  verdictSchema,
} from '@cloudnestle/contracts/admin/payment';
import {
  repairPlanResponseSchema,
  repairRequestSchema,
  revealRequestSchema,
  revealResponseSchema,
} from '@cloudnestle/contracts/admin/payment-changes';
import { reconciliationsRequestSchema } from '@cloudnestle/contracts/admin/reconciliations';
import {
  operatorRefundSchema,
  owedResponseSchema,
  refundOwedPreviewResponseSchema,
  refundOwedRequestSchema,
  refundsResponseSchema,
  requestRefundRequestSchema,
  requestRefundResponseSchema,
} from '@cloudnestle/contracts/admin/refunds';
import { topologyResponseSchema } from '@cloudnestle/contracts/admin/topology';
import { requestIdSchema } from '@cloudnestle/contracts/http/error';

/** Every answer carries the request's id beside what its contract says. */
const requestIdShape = { requestId: requestIdSchema };

/** What several answers of the operators' API are made of. */
export const adminSharedSchemas = {
  Job: jobSchema,
  Letter: letterRowSchema,
  Verdict: verdictSchema,
  Action: actionSchema,
  OrderRow: orderRowSchema,
  OperatorRefund: operatorRefundSchema,
};

export const adminRequestSchemas = {
  SearchRequest: searchRequestSchema,
  RevealRequest: revealRequestSchema,
  RepairRequest: repairRequestSchema,
  OperatorRefundRequest: requestRefundRequestSchema,
  ResolveAttentionRequest: resolveAttentionRequestSchema,
  ChangeAccessRequest: changeAccessRequestSchema,
  StartLookRequest: startLookRequestSchema,
  ReplayRequest: replayRequestSchema,
  DiscardRequest: discardRequestSchema,
  RestoreRequest: restoreRequestSchema,
  ReconciliationsRequest: reconciliationsRequestSchema,
  RefundOwedRequest: refundOwedRequestSchema,
};

export const adminAnswerSchemas = {
  MeAnswer: meResponseSchema.extend(requestIdShape),
  TopologyAnswer: topologyResponseSchema.extend(requestIdShape),
  SearchAnswer: searchResponseSchema.extend(requestIdShape),
  OrdersAnswer: ordersResponseSchema.extend(requestIdShape),
  PaymentAnswer: paymentResponseSchema.extend(requestIdShape),
  PaymentLettersAnswer: paymentLettersResponseSchema.extend(requestIdShape),
  RevealAnswer: revealResponseSchema.extend(requestIdShape),
  RepairPlanAnswer: repairPlanResponseSchema.extend(requestIdShape),
  OperatorRefundAnswer: requestRefundResponseSchema.extend(requestIdShape),
  ResolveAttentionAnswer: resolveAttentionResponseSchema.extend(requestIdShape),
  ChangeAccessAnswer: changeAccessResponseSchema.extend(requestIdShape),
  QueuesAnswer: queuesResponseSchema.extend(requestIdShape),
  StartLookAnswer: startLookResponseSchema.extend(requestIdShape),
  LookAnswer: lookResponseSchema.extend(requestIdShape),
  LookLetterAnswer: lookLetterResponseSchema.extend(requestIdShape),
  KeptLettersAnswer: keptLettersResponseSchema.extend(requestIdShape),
  LetterPreviewAnswer: letterPreviewResponseSchema.extend(requestIdShape),
  JobStartedAnswer: jobStartedResponseSchema.extend(requestIdShape),
  JobsAnswer: jobsResponseSchema.extend(requestIdShape),
  JobAnswer: jobResponseSchema.extend(requestIdShape),
  JobResultsAnswer: jobResultsResponseSchema.extend(requestIdShape),
  AttentionAnswer: attentionResponseSchema.extend(requestIdShape),
  RefundsAnswer: refundsResponseSchema.extend(requestIdShape),
  OwedAnswer: owedResponseSchema.extend(requestIdShape),
  RefundOwedPreviewAnswer: refundOwedPreviewResponseSchema.extend(requestIdShape),
  AnalyticsAnswer: analyticsResponseSchema.extend(requestIdShape),
  HealthAnswer: healthResponseSchema.extend(requestIdShape),
  ActionsAnswer: actionsResponseSchema.extend(requestIdShape),
};
