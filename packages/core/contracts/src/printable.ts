/** What a terminal would obey or hide instead of showing it: control and format characters, line separators, halves of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A change of colour: the one thing that text of our own may ask of a terminal. */
const COLOUR = new RegExp(`(${'\u001b'}\\[[\\d;]*m)`);

const LONGEST = 500;

/** One line of a message's text as a terminal may have it; what is cut ends with `…`. */
export function printable(text: string, longest = LONGEST): string {
  const safe = escapeUnprintable(text);
  return safe.length > longest ? `${safe.slice(0, longest - 1)}…` : safe;
}

/** Several lines of our own that may have text of others in them, whole. */
export function printableLines(text: string): string {
  return text.split('\n').map(escapeUnprintable).join('\n');
}

/** The same of a text whose own colours stay. Only for what has no stored text in it, which could colour the rest. */
export function printableColours(text: string): string {
  const parts = text.split(COLOUR);
  return parts.map((part, at) => (at % 2 === 0 ? printableLines(part) : part)).join('');
}

/** Escapes as JSON and JavaScript spell them, so that people see what is there. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** JSON that means the same and that a terminal shows as it is; with an indent, of several lines. */
export function toPrintableJson(value: unknown, indent = 2): string {
  const lines = JSON.stringify(value, undefined, indent).split('\n');
  return lines.map(escapeUnprintable).join('\n');
}
