import type { Task } from '../jobs/tasks.ts';
import type { Run, RunResult } from './run.ts';
import { runDiscard } from './runs/discard.ts';
import { runLook } from './runs/look.ts';
import { runReconcile } from './runs/reconcile.ts';
import { runRefundOwed } from './runs/refund-owed.ts';
import { runRepair } from './runs/repair.ts';
import { runReplay } from './runs/replay.ts';
import { runRestore } from './runs/restore.ts';

/** Does what is left of a job, by its kind. */
export function runTask(run: Run, task: Task): Promise<RunResult> {
  switch (task.kind) {
    case 'look':
      return runLook(run, task);
    case 'replay':
      return runReplay(run, task);
    case 'discard':
      return runDiscard(run, task);
    case 'restore':
      return runRestore(run, task);
    case 'reconcile':
      return runReconcile(run, task);
    case 'refundOwed':
      return runRefundOwed(run, task);
    case 'repair':
    case 'resendMail':
      return runRepair(run, task);
  }
}
