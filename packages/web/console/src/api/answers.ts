import type { ActionsResponse } from '@cloudnestle/contracts/admin/actions';
import type { AnalyticsResponse } from '@cloudnestle/contracts/admin/analytics';
import type {
  AttentionResponse,
  ChangeAccessResponse,
  ResolveAttentionResponse,
} from '@cloudnestle/contracts/admin/attention';
import type { HealthResponse } from '@cloudnestle/contracts/admin/health';
import type {
  JobResponse,
  JobResultsResponse,
  JobsResponse,
} from '@cloudnestle/contracts/admin/jobs';
import type {
  JobStartedResponse,
  KeptLettersResponse,
  LetterPreviewResponse,
  LookLetterResponse,
  LookResponse,
  QueuesResponse,
  StartLookResponse,
} from '@cloudnestle/contracts/admin/letters';
import type { MeResponse } from '@cloudnestle/contracts/admin/me';
import type { OrdersResponse, SearchResponse } from '@cloudnestle/contracts/admin/orders';
import type { PaymentLettersResponse, PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import type {
  RepairPlanResponse,
  RevealResponse,
} from '@cloudnestle/contracts/admin/payment-changes';
import type {
  OwedResponse,
  RefundOwedPreviewResponse,
  RefundsResponse,
  RequestRefundResponse,
} from '@cloudnestle/contracts/admin/refunds';
import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import type { TopologyResponse } from '@cloudnestle/contracts/admin/topology';

/** What each route answers with; where a dry run has an answer of its own, either. */
export interface Answers extends Record<AdminRouteKey, unknown> {
  me: MeResponse;
  topology: TopologyResponse;
  search: SearchResponse;
  orders: OrdersResponse;
  payment: PaymentResponse;
  paymentLetters: PaymentLettersResponse;
  reveal: RevealResponse;
  repair: RepairPlanResponse | JobStartedResponse;
  resendMail: RepairPlanResponse | JobStartedResponse;
  requestRefund: RequestRefundResponse;
  resolveAttention: ResolveAttentionResponse;
  endAccess: ChangeAccessResponse;
  restoreAccess: ChangeAccessResponse;
  queues: QueuesResponse;
  startLook: StartLookResponse;
  look: LookResponse;
  lookLetter: LookLetterResponse;
  keptLetters: KeptLettersResponse;
  replay: LetterPreviewResponse | JobStartedResponse;
  discard: LetterPreviewResponse | JobStartedResponse;
  restore: LetterPreviewResponse | JobStartedResponse;
  jobs: JobsResponse;
  job: JobResponse;
  jobResults: JobResultsResponse;
  cancelJob: JobResponse;
  reconcile: JobStartedResponse;
  attention: AttentionResponse;
  refunds: RefundsResponse;
  owed: OwedResponse;
  refundOwed: RefundOwedPreviewResponse | JobStartedResponse;
  analytics: AnalyticsResponse;
  health: HealthResponse;
  actions: ActionsResponse;
}
