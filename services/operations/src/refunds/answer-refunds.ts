import {
  MOST_OWED_AT_ONCE,
  type OwedResponse,
  type OwedRow,
  refundOwedRequestSchema,
  refundsQuerySchema,
  requestRefundRequestSchema,
} from '@cloudnestle/contracts/admin/refunds';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { describeRefund } from '@cloudnestle/operations/refunds/describe-refund';
import { listChargedTwice, type Owed, readOwed } from '@cloudnestle/operations/refunds/owed';
import { listRefunds } from '@cloudnestle/operations/refunds/refund-rows';
import { requestRefund } from '@cloudnestle/operations/refunds/request-refund';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { maskText } from '@cloudnestle/operations/words/mask';
import { dayShardKeys, openShardKeys } from '@cloudnestle/payments/index-keys';
import { istDay } from '@cloudnestle/payments/ist';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { indexShardCount } from '@cloudnestle/topology/tables';
import {
  type Answer,
  answerAccepted,
  answerOk,
  orderNotFound,
  readBody,
  readOrderPath,
  readQuery,
} from '../api/call.ts';
import { makeChange } from '../api/make-change.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { answerJob } from '../jobs/start-job.ts';

/** `POST payments/{transactionId}/refunds`: the same key of an order is the same refund, so a second click asks for nothing more. */
export const answerRequestRefund: Answer = async (call) => {
  const wish = readBody(call, requestRefundRequestSchema);
  const { desk, operator, request } = call;
  const transactionId = readOrderPath(call);
  const { amountInPaisa, refundReason: reason, idempotencyKey } = wish;
  const about = {
    what: 'refund',
    transactionId,
    target: { reason, ...(amountInPaisa === undefined ? {} : { amountInPaisa }) },
  };
  return makeChange(call, wish, about, async () => {
    const amount = amountInPaisa === undefined ? {} : { amountInPaisa };
    const result = await requestRefund(
      desk.refundDesk,
      { transactionId, reason, note: wish.reason, idempotencyKey, ...amount },
      {
        requester: { by: operator.subject, origin: 'OPERATOR' },
        trigger: { producer: 'operations', causationId: request.requestId },
      },
    );
    if (result.kind === 'unknownOrder') throw orderNotFound(transactionId);
    if (result.kind === 'keyReused') {
      const words = 'This idempotency key stands for another refund.';
      const extra = { transactionId, refundId: result.refundId };
      throw new HttpError(409, 'IDEMPOTENCY_KEY_REUSED', words, { extra });
    }
    const { refund } = result;
    if (refund.refusal !== undefined) {
      const { refundId, refusal } = refund;
      throw new HttpError(409, 'REFUND_REFUSED', `This cannot be refunded: ${refusal.words}`, {
        reason: refusal.kind,
        extra: { transactionId, refundId, refusal: refusal.kind },
        summary: { transactionId },
      });
    }
    const command = commandLine(
      'refund',
      transactionId,
      '--reason',
      reason,
      '--key',
      idempotencyKey,
    );
    const body = { refund: describeRefund(refund), command, runbook: 'refunds-of-a-day' };
    return answerAccepted(call, body, { transactionId });
  });
};

const MOST_REFUNDS = 500;

/** `GET refunds`: what is not over, what failed, and what was paid back on a day. */
export const answerRefunds: Answer = async (call) => {
  const { list, day } = readQuery(call, refundsQuerySchema);
  const { desk } = call;
  const found = list === 'failed' ? await listFailed(desk) : await listByIndex(desk, list, day);
  return answerOk(call, {
    refunds: found.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).map(describeRefund),
  });
};

async function listByIndex(
  { stage, sources, platform }: Desk,
  list: 'open' | 'completed',
  day: string | undefined,
): Promise<RefundItem[]> {
  const where = {
    dynamo: sources.orderIndex.dynamo,
    table: stage.tables.refunds,
    index: list === 'open' ? stage.indexes.openRefunds : stage.indexes.refundsByDay,
  };
  const keys =
    list === 'open'
      ? openShardKeys(indexShardCount).map((value) => ({ name: 'openShard', value }) as const)
      : dayShardKeys(day ?? istDay(platform.now()), indexShardCount).map(
          (value) => ({ name: 'dayShard', value }) as const,
        );
  const found: RefundItem[] = [];
  const onUnreadable = (refundId: string) =>
    platform.log.warn('refund cannot be read', { refundId });
  for (const key of keys) {
    for await (const page of listRefunds(where, key, onUnreadable)) {
      found.push(...page);
      if (found.length >= MOST_REFUNDS) return found;
    }
  }
  return found;
}

/** The refunds of the orders that need an operator because one failed. */
async function listFailed({ sources, refundDesk }: Desk): Promise<RefundItem[]> {
  const ids: string[] = [];
  for await (const page of sources.books.listAttention()) {
    for (const { transactionId, attention } of page) {
      if (attention.some(({ reason }) => reason === 'REFUND_FAILED')) ids.push(transactionId);
    }
  }
  const lists = await mapConcurrently(ids.slice(0, MOST_REFUNDS), 10, refundDesk.listRefundsOf);
  return lists.flat().filter(({ state, doubt }) => state === 'FAILED' || doubt !== undefined);
}

const RUNBOOK = 'money-owed';

/** `GET refunds/owed`: what buyers have paid twice. */
export const answerOwed: Answer = async (call) => {
  const owed = await readAllOwed(call.desk, undefined);
  return answerOk(call, {
    readAt: call.desk.platform.now().toISOString(),
    owed: owed.map(viewOwed),
    totalOwedInPaisa: owed.reduce((sum, { owedInPaisa }) => sum + owedInPaisa, 0),
    command: commandLine('refund', '--owed'),
    runbook: RUNBOOK,
  } satisfies Omit<OwedResponse, 'success'>);
};

/** `POST refunds/owed`: gives it back, previewed or as a job. */
export const answerRefundOwed: Answer = async (call) => {
  const wish = readBody(call, refundOwedRequestSchema);
  const { transactionIds, max } = wish;
  const task = {
    kind: 'refundOwed',
    ...(transactionIds === undefined ? {} : { transactionIds }),
    ...(max === undefined ? {} : { max }),
  } as const;
  if ('reason' in wish) return answerJob(call, task, wish, { what: 'refund owed' });
  const owed = await readAllOwed(call.desk, transactionIds);
  const payable = owed.filter(({ obstacle }) => obstacle === undefined);
  const refunds = payable.slice(0, Math.min(max ?? MOST_OWED_AT_ONCE, MOST_OWED_AT_ONCE));
  return answerOk(call, {
    preview: {
      refunds: refunds.map(viewOwed),
      left: payable.length - refunds.length,
      totalInPaisa: refunds.reduce((sum, { refundInPaisa }) => sum + refundInPaisa, 0),
      obstacles: owed.filter(({ obstacle }) => obstacle !== undefined).map(viewOwed),
    },
    command: commandLine('refund', '--owed', ...(max === undefined ? [] : ['--max', String(max)])),
  });
};

async function readAllOwed(
  { sources, refundDesk }: Desk,
  transactionIds: readonly string[] | undefined,
): Promise<Owed[]> {
  const listed = await listChargedTwice(sources.books.listAttention);
  const meant = listed.filter(
    ({ transactionId }) => transactionIds === undefined || transactionIds.includes(transactionId),
  );
  const read = await mapConcurrently(meant, 10, ({ transactionId }) =>
    readOwed(refundDesk, transactionId),
  );
  return read.filter((each) => each !== undefined);
}

function viewOwed({
  transactionId,
  keptId,
  since,
  owedInPaisa,
  refundInPaisa,
  ...rest
}: Owed): OwedRow {
  const { obstacle, leftToOperator } = rest;
  return {
    ...{ transactionId, keptId, since, owedInPaisa, refundInPaisa },
    ...(obstacle === undefined ? {} : { obstacle: maskText(obstacle) }),
    ...(leftToOperator === undefined ? {} : { leftToOperator: maskText(leftToOperator) }),
  };
}
