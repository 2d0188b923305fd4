import { escapeUnprintable, printable } from '@cloudnestle/contracts/printable';
import { maskText } from '@cloudnestle/operations/words/mask';
import { CliError } from '../cli-error.ts';

const LONGEST_WHY = 500;

/**
 * An operator's word as it is kept on the order, where every operator who looks at it is shown it. Throws a `CliError` where
 * it says nothing, or what must not be kept; `option` is what it was typed as.
 */
export function checkWhy(text: string, option: `--${string}`): string {
  const why = text.trim();
  if (why === '' || why.length > LONGEST_WHY) {
    throw new CliError(`${option} is 1 to ${LONGEST_WHY} characters. Nothing was changed.`);
  }
  if ((why.match(/[\p{L}\p{N}]/gu) ?? []).length < 3) {
    throw new CliError(
      `${option} says what was done, in words, and this is ${printable(why)}. Nothing was changed.`,
    );
  }
  if (escapeUnprintable(why) !== why) {
    throw new CliError(
      `${option} is one line of plain text, and this is ${printable(why)}. Nothing was changed.`,
    );
  }
  if (maskText(why) !== why) {
    throw new CliError(`${option} is kept: leave addresses and tokens out. Nothing was changed.`);
  }
  return why;
}
