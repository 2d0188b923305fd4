import type { Action } from '@cloudnestle/contracts/admin/actions';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge, Empty, Time, type Tone } from '../parts/basics.tsx';
import { formatCount, toWords } from '../parts/format.ts';
import styles from './actions.module.css';

const outcomes: Readonly<Record<Action['outcome'], Tone>> = {
  BEGUN: 'wait',
  DONE: 'good',
  REFUSED: 'warn',
  FAILED: 'bad',
};

/** What was done, by whom and why, the latest first. `withOrder`: of whichever order. */
export function ActionList(props: { actions: readonly Action[]; withOrder?: boolean }): ReactNode {
  const { actions, withOrder = false } = props;
  if (actions.length === 0) return <Empty title="Nothing was done by hand" />;
  return (
    <ul className={styles.list}>
      {actions.map((action) => (
        <li key={action.actionId} data-row>
          <Badge tone={outcomes[action.outcome]}>{toWords(action.outcome)}</Badge>
          <strong>{action.what}</strong>
          <span>
            {withOrder && <Subject action={action} />}
            {action.jobId !== undefined && (
              <Link to="/jobs/$jobId" params={{ jobId: action.jobId }}>
                job
              </Link>
            )}
          </span>
          <small>
            {action.by} by {action.actor === 'cli' ? 'command line' : action.actor} ·{' '}
            <Time at={action.at} />
            {Object.keys(action.counts).length > 0 && ` · ${sayCounts(action.counts)}`}
          </small>
          {action.why !== undefined && <q>{action.why}</q>}
        </li>
      ))}
    </ul>
  );
}

function Subject({ action: { transactionId, queue } }: { action: Action }): ReactNode {
  if (transactionId !== undefined) {
    return (
      <Link to="/orders/$transactionId" params={{ transactionId }} data-row-link>
        {transactionId}
      </Link>
    );
  }
  return queue === undefined ? null : (
    <Link to="/dead-letters" search={{ queue }} data-row-link>
      {queue}
    </Link>
  );
}

export function sayCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(
      ([name, count]) =>
        `${formatCount(count)} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    )
    .join(', ');
}
