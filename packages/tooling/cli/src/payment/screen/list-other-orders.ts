import { formatRupees } from '@cloudnestle/payments/money';
import { join } from '../../reconcile/one/words.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

const SHOWN = 10;

type Orders = Exclude<StoryView['otherOrders'], { unread: string }>['orders'];

/** The newest ones, without the one on the screen. */
export function listOtherOrders({ otherOrders, order }: StoryView): Row[] {
  if ('unread' in otherOrders) return [['orders', `could not be read: ${otherOrders.unread}`]];
  const { orders, isCut } = otherOrders;
  if (orders.length === 0) return [['none', '']];
  const hidden = Math.max(orders.length - SHOWN, 0);
  const older: Row[] =
    hidden > 0 || isCut ? [['older ones', `${hidden}${isCut ? ' or more' : ''}`]] : [];
  return [...orders.slice(0, SHOWN).map((each) => toRow(each, order.transactionId)), ...older];
}

function toRow(other: Orders[number], shownId: string): Row {
  const { createdAt, status, amountInPaisa, transactionId, duplicateOf } = other;
  const original = duplicateOf === shownId ? 'this order' : duplicateOf;
  const facts = [
    status.padEnd('COMPLETED'.length),
    (amountInPaisa === undefined ? '?' : formatRupees(amountInPaisa)).padEnd('₹299'.length),
    join(transactionId, original && `duplicate of ${original}`),
  ];
  return [createdAt.slice(0, 'YYYY-MM-DDTHH:MM'.length), facts.join('  ')];
}
