import { actionsQuerySchema } from '@cloudnestle/contracts/admin/actions';
import { reconciliationsRequestSchema } from '@cloudnestle/contracts/admin/reconciliations';
import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { readRange } from '@cloudnestle/operations/orders-by-day';
import {
  answerAttention,
  answerEndAccess,
  answerResolveAttention,
  answerRestoreAccess,
} from '../attention/answer-attention.ts';
import { answerAnalytics } from '../health/answer-analytics.ts';
import { answerHealth } from '../health/answer-health.ts';
import {
  answerCancelJob,
  answerJobResults,
  answerJobs,
  answerOneJob,
} from '../jobs/answer-jobs.ts';
import { answerJob } from '../jobs/start-job.ts';
import { answerDiscard, answerReplay, answerRestore } from '../letters/answer-bulk.ts';
import {
  answerKeptLetters,
  answerLook,
  answerLookLetter,
  answerStartLook,
} from '../letters/answer-looks.ts';
import { answerOrders } from '../orders/list-orders.ts';
import { answerSearch } from '../orders/search.ts';
import { answerPaymentLetters } from '../payment/answer-letters.ts';
import { answerRepair, answerResendMail } from '../payment/answer-repair.ts';
import { answerReveal } from '../payment/answer-reveal.ts';
import { answerPayment } from '../payment/look-at-payment.ts';
import {
  answerOwed,
  answerRefundOwed,
  answerRefunds,
  answerRequestRefund,
} from '../refunds/answer-refunds.ts';
import { answerQueues } from '../stage/count-queues.ts';
import { answerMe } from '../stage/me.ts';
import { answerTopology } from '../stage/show-topology.ts';
import { type Answer, answerOk, orderNotFound, readBody, readQuery } from './call.ts';

/** `GET actions`: who did what and why, the latest first; of one order, or of all. */
const answerActions: Answer = async (call) => {
  const { actions, nextCursor } = await call.desk.actions.list(readQuery(call, actionsQuerySchema));
  return answerOk(call, { actions, nextCursor });
};

/** `POST reconciliations`: of one order or of a range of days, as a job. */
const answerReconcile: Answer = async (call) => {
  const wish = readBody(call, reconciliationsRequestSchema);
  const { repair } = wish;
  if ('transactionId' in wish) {
    const { transactionId } = wish;
    const row = await call.desk.sources.books.findTransaction(transactionId);
    if (!row) throw orderNotFound(transactionId);
    const task = { kind: 'reconcile', transactionId, repair } as const;
    return answerJob(call, task, wish, { what: 'reconcile', transactionId });
  }
  const { from, to } = wish;
  // Throws a 400 where the range makes no sense.
  readRange({ startDate: from, endDate: to });
  return answerJob(call, { kind: 'reconcile', from, to, repair }, wish, { what: 'reconcile' });
};

/** What every route of the operators' API answers. */
export const answers: Readonly<Record<AdminRouteKey, Answer>> = {
  me: answerMe,
  topology: answerTopology,
  search: answerSearch,
  orders: answerOrders,
  payment: answerPayment,
  paymentLetters: answerPaymentLetters,
  reveal: answerReveal,
  repair: answerRepair,
  resendMail: answerResendMail,
  requestRefund: answerRequestRefund,
  resolveAttention: answerResolveAttention,
  endAccess: answerEndAccess,
  restoreAccess: answerRestoreAccess,
  queues: answerQueues,
  startLook: answerStartLook,
  look: answerLook,
  lookLetter: answerLookLetter,
  keptLetters: answerKeptLetters,
  replay: answerReplay,
  discard: answerDiscard,
  restore: answerRestore,
  jobs: answerJobs,
  job: answerOneJob,
  jobResults: answerJobResults,
  cancelJob: answerCancelJob,
  reconcile: answerReconcile,
  attention: answerAttention,
  refunds: answerRefunds,
  owed: answerOwed,
  refundOwed: answerRefundOwed,
  analytics: answerAnalytics,
  health: answerHealth,
  actions: answerActions,
};
