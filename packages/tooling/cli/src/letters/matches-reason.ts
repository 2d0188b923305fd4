/**
 * Whether a reason has this in it, in any case. `*` stands for anything; `^` before and `$` behind pin it to the reason's
 * start and end. Goes through the reason once, whatever it is asked: a pattern of many `*` must not hang the command.
 */
export function matchesReason(reason: string, wanted: string): boolean {
  return createReasonMatcher(wanted)(reason.toLowerCase());
}

/** The same for many reasons, which are in lower case already. */
export function createReasonMatcher(wanted: string): (lowerCase: string) => boolean {
  const isPinned = { start: wanted.startsWith('^'), end: wanted.endsWith('$') };
  const pieces = wanted
    .slice(isPinned.start ? 1 : 0, isPinned.end ? -1 : undefined)
    .toLowerCase()
    .split('*');
  const last = isPinned.end ? (pieces.pop() ?? '') : '';
  const mayMove = pieces.length > 0 || !isPinned.start;
  return (text) => {
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      const found = text.indexOf(piece, at);
      if (found < 0 || (index === 0 && isPinned.start && found > 0)) return false;
      at = found + piece.length;
    }
    if (!isPinned.end) return true;
    const end = text.length - last.length;
    return text.endsWith(last) && (mayMove ? end >= at : end === 0);
  };
}
