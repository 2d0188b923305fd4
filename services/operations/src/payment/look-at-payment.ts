import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import { describeRefund } from '@cloudnestle/operations/refunds/describe-refund';
import { type Part, readGateway } from '@cloudnestle/operations/story/story';
import { judgeStory } from '@cloudnestle/operations/verdict/judge-story';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { maskText } from '@cloudnestle/operations/words/mask';
import { type Answer, answerTagged, readOrderPath } from '../api/call.ts';
import { describeAccess, describeMails, describeOrder } from './describe-payment.ts';
import { gatherFacts, type PaymentFacts } from './gather-facts.ts';
import { buildTimeline } from './timeline.ts';
import { viewRepair, viewUnlooked } from './verdict-view.ts';
import { buildWalk } from './walk.ts';

/** `GET payments/{transactionId}`: the order from all sides. */
export const answerPayment: Answer = async (call) => {
  const transactionId = readOrderPath(call);
  const facts = await gatherFacts(call.desk, transactionId);
  return answerTagged(call, describePayment(facts), {
    volatile: ['lookedAt'],
    etagField: 'etag',
    summary: { transactionId },
  });
};

function describePayment(facts: PaymentFacts): Omit<PaymentResponse, 'success' | 'etag'> {
  const { story, queues } = facts;
  const { judgement } = story;
  const verdict = judgeStory(story);
  return {
    stage: story.stage,
    lookedAt: story.lookedAt.toISOString(),
    order: describeOrder(story),
    gateway: readGateway(story) ?? {
      unread: 'reason' in judgement ? maskText(judgement.reason) : '',
    },
    discrepancies: [...story.discrepancies],
    access: describeAccess(story),
    verdict: viewUnlooked(verdict, queues),
    repair: viewRepair(story, verdict),
    walk: buildWalk(facts),
    timeline: buildTimeline(facts),
    mails: describeMails(facts),
    refunds: view(story.refunds, (refunds) => refunds.map(describeRefund)),
    documents: view(facts.documents, (documents) =>
      documents.map(({ number, kind, issuedAt, totalInPaisa }) => ({
        ...{ number, kind, issuedAt, totalInPaisa },
      })),
    ),
    otherOrders: view(story.others, ({ orders, isCut }) => ({ orders, isCut })),
    queues: queues.map(({ name, live, dead }) => ({ name, dead, ...(live ? { live } : {}) })),
    actions: view(facts.actions, (actions) => actions),
    command: commandLine('payment', story.order.row.transactionId),
    runbook: 'user-not-pro',
  };
}

function view<Value, View>(
  part: Part<Value>,
  show: (value: Value) => View,
): View | { unread: string } {
  return part.kind === 'read' ? show(part.value) : { unread: part.why };
}
