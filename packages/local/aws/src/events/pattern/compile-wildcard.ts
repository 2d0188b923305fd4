/**
 * Compiles a wildcard: `*` stands for any characters, `\*` and `\\` for themselves. Returns
 * undefined for consecutive wildcards and for other escapes, which EventBridge refuses.
 */
export function compileWildcard(wildcard: string): ((text: string) => boolean) | undefined {
  const parts: string[] = [''];
  for (let index = 0; index < wildcard.length; index += 1) {
    const character = wildcard[index] ?? '';
    const next = wildcard[index + 1];
    if (character === '\\') {
      if (next !== '*' && next !== '\\') return undefined;
      parts.push(`${parts.pop() ?? ''}${next}`);
      index += 1;
    } else if (character === '*') {
      if (next === '*') return undefined;
      parts.push('');
    } else {
      parts.push(`${parts.pop() ?? ''}${character}`);
    }
  }
  return (text) => matchParts(text, parts);
}

/** First and last part are anchored; each part between is taken at its earliest place. */
function matchParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
