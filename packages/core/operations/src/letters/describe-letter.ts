import { readMoment } from '../row.ts';
import { maskDeep, maskPersonal, maskText } from '../words/mask.ts';
import type { Letter } from './letter.ts';
import { failedAt } from './letter-filter.ts';

/** A letter as it is shown: for scripts as it is, for people through a format. */
export interface LetterView {
  messageId: string;
  eventId?: string | undefined;
  detailType?: string | undefined;
  transactionId?: string | undefined;
  merchantOrderId?: string | undefined;
  userId?: string | undefined;
  occurredAt?: string | undefined;
  /** From when the event occurred. */
  ageSeconds?: number | undefined;
  failure: {
    kind: Letter['failure']['kind'];
    reason: string;
    attempts?: number | undefined;
    firstAt?: string | undefined;
    /** Without a handler's word: when it was put into the queue, or sent first. */
    lastAt: string;
  };
  sentAt: string;
  replay?: { count: number; lastBy?: string | undefined; lastAt?: string | undefined };
  /** Whose it is. */
  subscriber?: string | undefined;
  cannotSucceed?: string | undefined;
  attributes: Record<string, string>;
  body: unknown;
}

/** What there is to say of a letter, masked unless it is to be revealed. */
export function describeLetter(
  letter: Letter,
  { reveal, now = new Date() }: { reveal: boolean; now?: Date },
): LetterView {
  const { event, failure, sentAt } = letter;
  const mask = reveal ? (text: string) => text : maskText;
  const maskAny = (text: string | undefined) => (text === undefined ? undefined : mask(text));
  const occurredAt = readMoment(event.occurredAt);
  return {
    messageId: letter.messageId,
    eventId: maskAny(event.eventId),
    detailType: maskAny(event.detailType),
    transactionId: maskAny(event.transactionId),
    merchantOrderId: maskAny(event.merchantOrderId),
    userId: maskAny(event.userId),
    occurredAt: occurredAt?.toISOString(),
    ageSeconds: occurredAt && Math.round((now.getTime() - occurredAt.getTime()) / 1000),
    failure: {
      ...failure,
      reason: mask(failure.reason),
      lastAt: failedAt(letter).toISOString(),
    },
    sentAt: sentAt.toISOString(),
    ...describeReplay(letter, mask),
    subscriber: letter.subscriber,
    cannotSucceed: maskAny(letter.obstacle),
    attributes: Object.fromEntries(
      Object.entries(letter.attributes).map(([name, value]) => [mask(name), mask(value)]),
    ),
    body: readBody(letter.body, { reveal }),
  };
}

function describeReplay(
  { replay }: Letter,
  mask: (text: string) => string,
): Pick<LetterView, 'replay'> {
  const { replayCount, replayedBy, replayedAt } = replay;
  if (replayCount === undefined && replayedBy === undefined) return {};
  return {
    replay: {
      count: Number(replayCount ?? 1),
      lastBy: replayedBy === undefined ? undefined : mask(replayedBy),
      lastAt: replayedAt,
    },
  };
}

/** A body's JSON, or its text where it is none; without people's addresses unless they are to be revealed. */
export function readBody(body: string, { reveal }: { reveal: boolean }): unknown {
  try {
    const value: unknown = JSON.parse(body);
    const masked = maskDeep(maskPersonal(value));
    return reveal ? value : masked;
  } catch {
    // No JSON, or nested so deep that nothing here could go through it.
    return reveal ? body : body.split('\n').map(maskText).join('\n');
  }
}
