/**
 * The work's result, or `onTimeout()` once `timeoutMs` have passed. The work itself is not stopped: give it a deadline of
 * its own wherever it takes one.
 */
export async function withTimeout<Result, Late>(
  work: Promise<Result>,
  timeoutMs: number,
  onTimeout: () => Late,
): Promise<Result | Late> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'late');
  });
  try {
    const first = await Promise.race([work.then((result) => ({ result })), late]);
    return first === 'late' ? onTimeout() : first.result;
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
