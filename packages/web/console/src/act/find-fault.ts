const LEAST = 3;

/** What is still missing before an operator’s word counts; undefined where nothing is. */
export function findFault(
  reason: string,
  stage: { typed: string; wanted: string } | undefined,
): string | undefined {
  if (reason.trim().length < LEAST) return 'Say why, in a few words.';
  if (stage && stage.typed !== stage.wanted) return `Type the stage’s name, ${stage.wanted}.`;
  return undefined;
}
