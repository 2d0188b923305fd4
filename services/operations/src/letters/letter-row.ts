import type {
  LetterFilterBody,
  LetterRow,
  LetterWhole,
} from '@cloudnestle/contracts/admin/letters';
import { describeLetter } from '@cloudnestle/operations/letters/describe-letter';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import type { LetterFilter } from '@cloudnestle/operations/letters/letter-filter';

/** A letter whole, masked. */
export function toLetter(queue: string, letter: Letter, now: Date): LetterWhole {
  const { ageSeconds: _ageSeconds, ...view } = describeLetter(letter, { reveal: false, now });
  return { queue, ...view };
}

/** A letter in a list: without what it bears. */
export function toLetterRow({
  attributes: _attributes,
  body: _body,
  ...row
}: LetterWhole): LetterRow {
  return row;
}

/** The filter as walks take it. */
export function toFilter({ since, ...rest }: LetterFilterBody): LetterFilter {
  return { ...rest, ...(since === undefined ? {} : { since: new Date(since) }) };
}
