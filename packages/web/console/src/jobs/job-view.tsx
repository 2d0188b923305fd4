import type { Job } from '@cloudnestle/contracts/admin/jobs';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ActButton } from '../act/act-button.tsx';
import { sayCounts } from '../actions/action-list.tsx';
import { Badge, Card, Facts, Note, Time } from '../parts/basics.tsx';
import { Handrail, Runbook } from '../parts/command.tsx';
import { formatCount, plural } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { countAgain, describeState, isOver, nameJob, progressOf } from './jobs.ts';
import { Progress } from './jobs-tray.tsx';
import { useCancel, useJob } from './use-job.ts';

/** One job: how far it is, what became of what it was about, and what failed again. */
export function JobView({ jobId }: { jobId: string }): ReactNode {
  const query = useJob(jobId);
  return (
    <Loaded query={query} rows={5}>
      {(job) => <Shown job={job} />}
    </Loaded>
  );
}

function Shown({ job }: { job: Job }): ReactNode {
  const cancel = useCancel(job.jobId);
  const { tone, word } = describeState(job);
  const again = countAgain(job);
  return (
    <Card
      title={
        <>
          {nameJob(job)} <Badge tone={tone}>{word}</Badge>
        </>
      }
      aside={
        !isOver(job) && (
          <ActButton
            route="cancelJob"
            onAct={() => void cancel()}
            obstacle={job.state === 'CANCELLING' ? 'It stops at the next safe point.' : undefined}
          >
            Stop
          </ActButton>
        )
      }
    >
      <div className={parts.stack}>
        <Progress value={progressOf(job)} />
        <Facts
          of={[
            [
              'Done',
              `${formatCount(job.done)}${job.expected === undefined ? '' : ` of about ${formatCount(job.expected)}`}${job.phase === undefined || isOver(job) ? '' : ` · ${job.phase}`}`,
            ],
            ['Of these', sayCounts(job.counts)],
            [
              'About',
              Object.entries(job.target)
                .map(([name, value]) => `${name} ${value}`)
                .join(', '),
            ],
            [
              'Order',
              job.transactionId !== undefined && (
                <Link to="/orders/$transactionId" params={{ transactionId: job.transactionId }}>
                  {job.transactionId}
                </Link>
              ),
            ],
            ['By', job.by],
            ['Why', job.reason],
            ['Began', <Time key="began" at={job.startedAt ?? job.createdAt} />],
            ['Ended', job.endedAt && <Time at={job.endedAt} />],
          ]}
        />
        {job.isStalled && (
          <Note tone="bad">
            <strong>Nothing was heard of it since</strong> <Time at={job.updatedAt} />. No worker
            takes it up, or its message has died: replay it among the{' '}
            <Link to="/dead-letters" search={{ queue: 'operations' }}>
              dead letters of operations
            </Link>
            , or stop it and start it again. What is done is not done twice.
            <Runbook name="operators-jobs" />
          </Note>
        )}
        {job.brokenOff !== undefined && (
          <Note tone="bad">
            <strong>It broke off.</strong> {job.brokenOff} What is left stays as it was: start it
            again for that, what is done is not done twice.
          </Note>
        )}
        {job.watched && again > 0 && (
          <Note tone="warn">
            <strong>{plural(again, 'letter')} failed again.</strong>
            <ul>
              {job.watched.failedAgain.map(({ reason, count }) => (
                <li key={reason}>
                  {formatCount(count)} · {reason}
                </li>
              ))}
            </ul>
          </Note>
        )}
        {job.watched && again === 0 && (
          <Note tone={job.watched.stillAtWork > 0 ? 'wait' : 'good'}>
            None has failed again while it was watched
            {job.watched.stillAtWork > 0
              ? `; ${plural(job.watched.stillAtWork, 'message')} of the queue ${job.watched.stillAtWork === 1 ? 'was' : 'were'} still at work.`
              : '.'}
          </Note>
        )}
        {job.said.length > 0 && (
          <ul>
            {job.said.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <Handrail command={job.command} runbook={job.runbook} />
      </div>
    </Card>
  );
}
