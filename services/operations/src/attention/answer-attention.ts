import {
  type AttentionResponse,
  changeAccessRequestSchema,
  resolveAttentionRequestSchema,
} from '@cloudnestle/contracts/admin/attention';
import {
  type ChangeAccessResult,
  endAccess,
  restoreAccess,
} from '@cloudnestle/operations/access/change-access';
import { groupAttention } from '@cloudnestle/operations/attention/group-attention';
import { commandFor } from '@cloudnestle/operations/attention/reasons';
import { resolveAttention } from '@cloudnestle/operations/attention/resolve-attention';
import { buildTrigger } from '@cloudnestle/operations/reconcile/by-hand';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { maskText } from '@cloudnestle/operations/words/mask';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { attentionRunbook } from '@cloudnestle/topology/alarms/alarm';
import {
  type Answer,
  answerOk,
  answerTagged,
  type Call,
  orderNotFound,
  readBody,
  readOrderPath,
  refused,
} from '../api/call.ts';
import { makeChange } from '../api/make-change.ts';

type Group = AttentionResponse['reasons'][number];

const MOST_ORDERS = 500;

/** `GET attention`: the orders that need an operator, by reason and age, each with what leads out of it. */
export const answerAttention: Answer = async (call) => {
  const { desk } = call;
  const groups = await groupAttention(desk.sources.books.listAttention);
  const reasons: Group[] = groups.map(({ orders, ...group }) => ({
    ...group,
    count: orders.length,
    orders: orders.slice(0, MOST_ORDERS),
  }));
  const readAt = desk.platform.now().toISOString();
  return answerTagged(call, { readAt, reasons }, { volatile: ['readAt'] });
};

/** `POST payments/{transactionId}/attention/resolve`. */
export const answerResolveAttention: Answer = async (call) => {
  const {
    attentionReason: reason,
    seenVersion: seen,
    ...consent
  } = readBody(call, resolveAttentionRequestSchema);
  const { desk, operator } = call;
  const transactionId = readOrderPath(call);
  const about = { what: 'attention resolve', transactionId, target: { reason } };
  return makeChange(call, consent, about, async () => {
    const word = { reason, by: operator.name, why: consent.reason, seen };
    const result = await resolveAttention(desk.sources.books, transactionId, word);
    if (result.kind === 'unknownOrder') throw orderNotFound(transactionId);
    if (result.kind === 'changed') {
      const words = 'This has changed since you looked at it. Nothing was changed.';
      throw new HttpError(409, 'CHANGED_MEANWHILE', words, { summary: { transactionId } });
    }
    if (result.kind === 'notStanding') {
      throw refused(`It does not need an operator for ${reason}. Nothing was changed.`, {
        transactionId,
      });
    }
    const row = (await desk.sources.books.findTransaction(transactionId)) ?? {};
    const { by, at } = result.resolution;
    const left = readAttention(row).map((each) => each.reason);
    const command = commandFor(reason, transactionId, { seen, mends: 'person' });
    const body = { isOurs: result.isOurs, by: maskText(by), at, left, command };
    return answerOk(call, { ...body, runbook: attentionRunbook(reason) }, { transactionId });
  });
};

/** `POST payments/{transactionId}/access/end`. */
export const answerEndAccess: Answer = (call) =>
  changeAccess(call, 'end', (transactionId, word) =>
    endAccess(call.desk.sources.books, transactionId, { word, trigger: triggerOf(call) }),
  );

/** `POST payments/{transactionId}/access/restore`. */
export const answerRestoreAccess: Answer = (call) =>
  changeAccess(call, 'restore', (transactionId, word) =>
    restoreAccess(call.desk.sources.books, transactionId, { word, trigger: triggerOf(call) }),
  );

const triggerOf = ({ desk }: Call) => buildTrigger(desk.platform, 'operations');

async function changeAccess(
  call: Call,
  change: 'end' | 'restore',
  make: (transactionId: string, word: { by: string; why: string }) => Promise<ChangeAccessResult>,
): Promise<HttpAnswer> {
  const consent = readBody(call, changeAccessRequestSchema);
  const transactionId = readOrderPath(call);
  const about = { what: `access ${change}`, transactionId, target: {} };
  return makeChange(call, consent, about, async () => {
    const result = await make(transactionId, { by: call.operator.name, why: consent.reason });
    switch (result.kind) {
      case 'unknownOrder':
        throw orderNotFound(transactionId);
      case 'unreadableOrder':
        throw refused('This order cannot be read.', { transactionId });
      case 'notPaid':
        throw refused(`Only a paid order gives access; this one is ${result.status}.`, {
          transactionId,
        });
      case 'notEnded':
        throw refused('Its access was never taken away.', { transactionId });
      case 'changed': {
        const { isOurs, published } = result;
        const command = commandLine('access', change, transactionId, '--reason', '...');
        const body = { isOurs, isPublished: published.kind === 'published', command };
        return answerOk(call, { ...body, runbook: 'attention-dispute' }, { transactionId });
      }
    }
  });
}
