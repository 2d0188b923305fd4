import type { WalkEvent } from '@cloudnestle/contracts/admin/payment';
import type { Tone } from '../parts/basics.tsx';
import { plural } from '../parts/format.ts';

type WalkSubscriber = WalkEvent['subscribers'][number];
type WalkEffect = WalkSubscriber['effects'][number];

/** A state as a tone and a word. */
export interface Shown {
  tone: Tone;
  word: string;
}

const events: Readonly<Record<WalkEvent['state'], Shown>> = {
  done: { tone: 'good', word: 'all effects there' },
  onTheWay: { tone: 'wait', word: 'on the way' },
  stopped: { tone: 'bad', word: 'stopped' },
  notPublished: { tone: 'bad', word: 'never published' },
};
const subscribers: Readonly<Record<WalkSubscriber['state'], Shown>> = {
  done: { tone: 'good', word: 'done' },
  onTheWay: { tone: 'wait', word: 'on the way' },
  missing: { tone: 'bad', word: 'missing' },
  notDue: { tone: 'none', word: 'not due' },
  unread: { tone: 'warn', word: 'not read' },
};
const effects: Readonly<Record<WalkEffect['state'], Shown>> = {
  there: { tone: 'good', word: 'there' },
  missing: { tone: 'bad', word: 'missing' },
  notDue: { tone: 'none', word: 'not due' },
  unread: { tone: 'warn', word: 'not read' },
};

export const describeEvent = ({ state }: WalkEvent): Shown => events[state];
export const describeSubscriber = ({ state }: WalkSubscriber): Shown => subscribers[state];
/** An effect that is missing while its event is still on the way is only not there yet. */
export function describeEffect({ state }: WalkEffect, of: WalkSubscriber): Shown {
  if (state === 'missing' && of.state === 'onTheWay')
    return { tone: 'wait', word: 'not there yet' };
  return effects[state];
}

/** Where the event was last seen, in one sentence: what is said first of a walk that has stopped. Undefined while nothing is missing. */
export function sayWhereItStopped(event: WalkEvent): string | undefined {
  if (event.state === 'notPublished') {
    return 'The gateway knows of it, and our books do not: the event never reached the bus.';
  }
  if (event.missing.length === 0) return undefined;
  const words = event.missing.map(({ subscriber, words: effect }) => {
    const of = event.subscribers.find((each) => each.subscriber === subscriber);
    return `${effect} (${subscriber}${of ? sayQueue(of) : ''})`;
  });
  return `Missing: ${words.join('; ')}.`;
}

/** What lies in a subscriber’s queues, of all orders; empty where nothing does. */
function sayQueue({ live, dead }: WalkSubscriber): string {
  const waiting = (live?.waiting ?? 0) + (live?.inFlight ?? 0);
  return [
    ...(dead && dead.waiting > 0 ? [`, ${plural(dead.waiting, 'dead letter')} in its queue`] : []),
    ...(waiting > 0 ? [`, ${plural(waiting, 'message')} waiting`] : []),
  ].join('');
}

/** Whether any of an order’s events may still change something: then the page asks often. */
export function isMoving(walk: readonly WalkEvent[]): boolean {
  return walk.some(({ state }) => state === 'onTheWay');
}
