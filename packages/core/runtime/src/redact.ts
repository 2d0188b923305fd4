// It begins where a word begins: searched from each of a long word's letters on, it would take ages.
const EMAIL_OR_VPA = /(?<![^\s"'<>(),:;=])[^\s"'<>(),:;=]+@[A-Za-z0-9.-]+/g;
const TOKEN = /\b(?:tok_perm_|O-Bearer |Bearer |eyJ)[A-Za-z0-9._~+/=-]+/g;
/** As a bank's reference (UTR) is; the end of a UUID that happens to have no letter is none. */
const LONG_DIGITS = /(?<![0-9a-f]{4}-)\b\d{12}\b/g;

/**
 * Takes people and secrets out of text that others wrote (SES names the refused address in its message).
 * Our own lines never need it: they carry ids only.
 */
export function redact(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(TOKEN, '[token]')
    .replace(EMAIL_OR_VPA, '[address]')
    .replace(LONG_DIGITS, '[number]');
}
