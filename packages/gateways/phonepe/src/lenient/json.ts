/**
 * Parses JSON; `undefined` for anything else (a bare word, HTML, nothing). Of a repeated key the last value counts.
 *
 * A whole number too large for JavaScript to keep exactly is handed over as its digits: some senders spell ids so, of 17
 * to 23 digits, and as a number each would be some other id.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    return undefined;
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}
