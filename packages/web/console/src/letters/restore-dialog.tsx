import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActionDialog } from '../act/action-dialog.tsx';
import { useConsole } from '../app/console.tsx';
import { addToTray } from '../jobs/tray-store.ts';

/** Brings discarded letters back: one, or all of a queue. */
export default function RestoreDialog(props: {
  queue: string;
  messageId?: string;
  /** The discard that the letter is of. */
  jobId?: string;
  onClose(): void;
}): ReactNode {
  const { queue, messageId, jobId, onClose } = props;
  const { api } = useConsole();
  const client = useQueryClient();
  const choice = {
    queue,
    ...(messageId === undefined ? {} : { messageId }),
    ...(jobId === undefined ? {} : { jobId }),
  };
  const command = [
    `./payments dlq restore ${queue}`,
    ...(jobId === undefined ? [] : [`--discard ${jobId}`]),
    ...(messageId === undefined ? [] : [`--id ${messageId}`]),
  ].join(' ');
  return (
    <ActionDialog
      title={messageId === undefined ? `Restore the letters of ${queue}` : 'Restore this letter'}
      does="They go back into their dead-letter queue, and from there nowhere by themselves."
      verb={() => (messageId === undefined ? `Restore all to ${queue}` : `Restore it to ${queue}`)}
      handrail={() => ({ command, runbook: 'dead-letters' })}
      submit={(consent) => api('restore', { body: { ...choice, ...consent } })}
      onDone={(answer) => {
        if ('job' in answer) addToTray(answer.job.jobId);
        void client.invalidateQueries({ queryKey: ['kept'] });
      }}
      onClose={onClose}
    />
  );
}
