import type { StoryView } from '../view/describe-story.ts';
import { formatSection, formatSentences, type Row } from './format-section.ts';
import { listAccess } from './list-access.ts';
import { listGateway } from './list-gateway.ts';
import { listMails } from './list-mails.ts';
import { listOrder } from './list-order.ts';
import { listOtherOrders } from './list-other-orders.ts';
import { listQueues } from './list-queues.ts';

/** The whole story of an order, for people; the verdict comes last, where a terminal leaves the eye. */
export function formatStory(view: StoryView): string {
  const { order, stage, lookedAt } = view;
  const history: Row[] = order.history.map(({ at, what }) => [at, what]);
  return [
    `${order.transactionId}\non the stage ${stage}, as of ${lookedAt}`,
    formatSection('Order', listOrder(view)),
    formatSection(
      'History',
      history.length > 0 ? history : [['none', 'written before there was one']],
    ),
    formatSection('PhonePe now', listGateway(view)),
    formatSection('Access', listAccess(view)),
    formatSection('Mails', listMails(view)),
    formatSection('Queues', listQueues(view)),
    formatSection('Other orders of this buyer', listOtherOrders(view)),
    ...(view.done.length > 0 ? [formatSentences('Done', view.done)] : []),
    formatVerdict(view),
  ].join('\n\n');
}

const kinds: Readonly<Record<StoryView['verdict']['kind'], string>> = {
  consistent: 'consistent',
  waiting: 'in order, something is still to come',
  repairable: 'not as it should be, and can be repaired',
  person: 'a person has to decide',
  unknown: 'not known before PhonePe has answered',
};

function formatVerdict({ verdict }: StoryView): string {
  const { kind, isCertain, findings, command } = verdict;
  const sure = isCertain || kind === 'unknown' ? '' : ', as far as could be seen (not certain)';
  const text = formatSentences(`Verdict: ${kinds[kind]}${sure}`, findings);
  return command === undefined ? text : `${text}\n\n  ${command}`;
}
