import { type Attention, readAttention } from '@cloudnestle/payments/attention/attention';
import { commandFor, holdsAfterLostDispute, reasonWords } from '../attention/reasons.ts';
import { endWhatFits } from '../reconcile/reconcile-order.ts';
import type { OrderStory } from '../story/story.ts';
import { type Finding, isUserGone } from './finding.ts';

/** What the order needs an operator for, and whether what is known now ends it. */
export function judgeAttention(story: OrderStory): Finding[] {
  const left = new Set(listLeft(story).map(({ reason }) => reason));
  return readAttention(story.order.row).map((attention) =>
    left.has(attention.reason) ? judgeStanding(story, attention) : judgeEnding(attention),
  );
}

/** What would still need an operator if it were brought in now, judged by the very function that a repair writes by. */
function listLeft({ order, judgement, holdings, lookedAt }: OrderStory): Attention[] {
  const { row } = order;
  const found = {
    judgement,
    isGranted: holdings?.isComplete === true,
    unknownTiers: holdings?.unknownTiers ?? [],
  };
  const change = endWhatFits(row, found, lookedAt);
  if (!change) return readAttention(row);
  const removed = Object.fromEntries((change.remove ?? []).map((name) => [name, undefined]));
  return readAttention({ ...row, ...change.set, ...removed });
}

function judgeEnding(attention: Attention): Finding {
  return { need: 'settle', text: `${describe(attention)} It does not any more: --repair ends it.` };
}

/** Where another finding already says what a repair does about it, it stands beside that one, and ends with it. */
function judgeStanding(story: OrderStory, attention: Attention): Finding {
  const text = describe(attention);
  const { reason } = attention;
  const { discrepancies, order } = story;
  const isMended =
    (reason === 'EFFECTS_MISSING' && discrepancies.includes('ACCESS_MISSING')) ||
    (reason === 'NOT_REACHED' && discrepancies.includes('NOT_RECORDED'));
  if (isMended || isUserGone(story)) return { text };
  const isLost = reason === 'DISPUTE' && holdsAfterLostDispute(order.row);
  const command = commandFor(reason, order.row.transactionId, {
    seen: order.row.attentionVersion,
    mends: isLost ? 'access' : 'person',
  });
  const lost =
    ' The dispute was lost, so the bank has taken the money, and the buyer still has access: end it, or say that it stays.';
  return { need: 'person', text: isLost ? text + lost : text, thenRun: { command } };
}

function describe({ reason, since, detail }: Attention): string {
  const why = detail === undefined ? '' : ` (${detail})`;
  return `It needs an operator for ${reason} since ${since}: ${reasonWords[reason].meaning}${why}.`;
}
