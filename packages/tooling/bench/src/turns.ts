/** Both sides once, in turn the one and the other first, so that what drifts meanwhile favours neither. */
export async function takeTurns<Result>(
  round: number,
  measured: () => Promise<Result>,
  baseline: () => Promise<Result>,
): Promise<[measured: Result, baseline: Result]> {
  if (round % 2 === 0) return [await measured(), await baseline()];
  const second = await baseline();
  return [await measured(), second];
}
