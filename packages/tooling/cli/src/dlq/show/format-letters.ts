import { escapeUnprintable, printable } from '@cloudnestle/contracts/printable';
import type { LetterView } from '@cloudnestle/operations/letters/describe-letter';
import { countOf } from '@cloudnestle/operations/words/plural';
import { countLetters, describeAge, describeHidden, formatCount } from '../words.ts';

/** Letters of a queue, the newest failure first. */
export interface Shown {
  queue: string;
  /** Letters that the filters mean, shown or not. */
  matched: number;
  hidden: number;
  /** More letters match, or may match, than are listed here. */
  isCut: boolean;
  /** False: the queue has letters that were not looked at, which may match. */
  isWhollySeen: boolean;
  letters: readonly LetterView[];
}

/** The letters, and what must be known besides. */
export function formatShown(
  { queue, matched, hidden, isWhollySeen, letters }: Shown,
  { isWhole }: { isWhole: boolean },
): string {
  const paragraphs = letters.map(isWhole ? formatWhole : formatLetter);
  const count =
    letters.length === matched
      ? `${countLetters(matched)} of ${queue}.`
      : `${formatCount(letters.length)} of ${countLetters(matched)} of ${queue} (--limit ${matched} shows all). Replay and discard act on what the filters mean, not on what is shown.`;
  const cut = 'There are more than could be looked at at once.';
  return [
    ...paragraphs,
    ...(isWhole && matched === 1 ? [] : [count]),
    ...(isWhollySeen ? [] : [cut]),
    ...(hidden > 0 ? [describeHidden(hidden)] : []),
  ].join('\n\n');
}

/** A letter in a few lines. */
function formatLetter(letter: LetterView): string {
  const facts: [string, string | undefined][] = [
    ['message', letter.messageId],
    ['order', letter.transactionId ?? letter.merchantOrderId],
    ['user', letter.userId],
    ['failed', describeFailure(letter)],
    ['occurred', describeAgeOf(letter)],
    ['replayed', describeReplay(letter)],
    ['for', letter.subscriber ?? 'nothing says which subscriber'],
    ['obstacle', letter.cannotSucceed && `can never succeed: ${letter.cannotSucceed}`],
    ['reason', letter.failure.reason],
  ];
  const title = `${letter.detailType ?? 'no event of ours'}  ${letter.eventId ?? 'no event id'}`;
  return [printable(title), ...facts.flatMap(formatFact)].join('\n');
}

/** The same and its body. */
function formatWhole(letter: LetterView): string {
  const { body } = letter;
  const text = typeof body === 'string' ? body : JSON.stringify(body, undefined, 2);
  const lines = text.split('\n').map((line) => `    ${escapeUnprintable(line)}`);
  const attributes = Object.entries(letter.attributes).map(
    ([name, value]) => `    ${printable(`${name} ${value}`)}`,
  );
  const written = attributes.length > 0 ? ['  attributes', ...attributes] : [];
  return [formatLetter(letter), ...written, '  body', ...lines].join('\n');
}

function formatFact([name, value]: [string, string | undefined]): string[] {
  return value === undefined ? [] : [`  ${name.padEnd(9)} ${printable(value)}`];
}

function describeFailure({ failure }: LetterView): string {
  const { kind, attempts, firstAt, lastAt } = failure;
  const count = attempts === undefined ? '' : `, ${countOf(attempts, 'attempt')}`;
  switch (kind) {
    case 'moved':
      return `sent ${lastAt}; moved by SQS, so no function wrote down when or how often it failed`;
    case 'undelivered':
      return `not delivered, given up ${lastAt}${count}`;
    default:
      return `${firstAt} first, ${lastAt} last${count} (${kind})`;
  }
}

function describeAgeOf({ occurredAt, ageSeconds = 0 }: LetterView): string | undefined {
  return occurredAt && `${occurredAt}, ${describeAge(ageSeconds * 1000)} ago`;
}

function describeReplay({ replay }: LetterView): string | undefined {
  if (!replay) return undefined;
  const often = replay.count === 1 ? 'once' : `${replay.count} times, last`;
  return [often, replay.lastBy && `by ${replay.lastBy}`, replay.lastAt && `at ${replay.lastAt}`]
    .filter(Boolean)
    .join(' ');
}
