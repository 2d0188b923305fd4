import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../act/action-dialog.tsx';
import { useConsole } from '../app/console.tsx';
import { addToTray } from '../jobs/tray-store.ts';
import styles from '../letters/letters.module.css';
import { formatDay } from '../parts/format.ts';

/** Begins to go through a range of days. */
export default function RangeDialog(props: {
  from: string;
  to: string;
  onStarted(jobId: string): void;
  onClose(): void;
}): ReactNode {
  const { from, to, onStarted, onClose } = props;
  const { api } = useConsole();
  const [repair, setRepair] = useState(false);
  const days = from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
  return (
    <ActionDialog
      title={`Reconcile ${days}`}
      does="Asks the gateway about every order that was created in these days, at the pace that the stage is set to."
      verb={() => (repair ? `Reconcile and repair ${days}` : `Reconcile ${days}`)}
      handrail={() => ({
        command: `./payments reconcile --from ${from} --to ${to}${repair ? ' --repair' : ''}`,
        runbook: 'webhook-not-received',
      })}
      submit={(consent) => api('reconcile', { body: { from, to, repair, ...consent } })}
      onDone={({ job }) => {
        addToTray(job.jobId);
        onStarted(job.jobId);
      }}
      onClose={onClose}
    >
      {() => (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={repair}
            onChange={({ target }) => setRepair(target.checked)}
          />
          Publish what our books do not have. Without it nothing is changed.
        </label>
      )}
    </ActionDialog>
  );
}
