/**
 * The results of work done side by side. Where some of it fails, the rest is waited for before the first failure is
 * thrown, so that nothing still writes after its record was handed back.
 */
export async function waitForAll<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
