export type Cleanup = ReturnType<typeof createCleanup>;

/** What must be undone, last thing first. */
export function createCleanup() {
  const jobs: (() => void | Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  return {
    add(job: () => void | Promise<void>): void {
      jobs.push(job);
    },
    /**
     * Undoes everything once, however often it is called. A job that fails does not keep the others from being done;
     * the first failure is thrown.
     */
    run(): Promise<void> {
      running ??= undo(jobs);
      return running;
    },
  };
}

async function undo(jobs: (() => void | Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (let job = jobs.pop(); job; job = jobs.pop()) {
    try {
      await job();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
