import type { QueuesResponse } from '@cloudnestle/contracts/admin/letters';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge, Card, Time } from '../parts/basics.tsx';
import { formatCount } from '../parts/format.ts';
import { Loaded } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { useQueues } from './use-queues.ts';

/** The queues with what waits and what is dead; each leads to its letters. */
export function QueueTable({ chosen }: { chosen: string | undefined }): ReactNode {
  const query = useQueues();
  return (
    <Card
      title="Queues"
      flush
      aside={
        query.data && (
          <span>
            counted <Time at={query.data.countedAt} />
          </span>
        )
      }
    >
      <Loaded query={query} rows={5}>
        {({ queues }) => (
          <div className={parts.scroll}>
            <table className={parts.table}>
              <caption>Messages by queue</caption>
              <thead>
                <tr>
                  <th scope="col">Queue</th>
                  <th scope="col" data-align="end">
                    Dead
                  </th>
                  <th scope="col" data-align="end">
                    Waiting
                  </th>
                  <th scope="col" data-align="end">
                    In flight
                  </th>
                  <th scope="col">Walked by</th>
                </tr>
              </thead>
              <tbody>
                {queues.map((queue) => (
                  <Row key={queue.name} queue={queue} isChosen={queue.name === chosen} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Row(props: { queue: QueuesResponse['queues'][number]; isChosen: boolean }): ReactNode {
  const { name, live, dead, walker } = props.queue;
  return (
    <tr data-row>
      <td>
        <Link
          to="/dead-letters"
          search={props.isChosen ? {} : { queue: name }}
          aria-current={props.isChosen ? 'true' : undefined}
          data-row-link
        >
          {name}
          {props.isChosen && ' (chosen)'}
        </Link>
      </td>
      <td data-align="end">{sayDead(dead)}</td>
      <td data-align="end">{sayCount(live, 'waiting')}</td>
      <td data-align="end">{sayCount(live, 'inFlight')}</td>
      <td>
        {walker && (
          <>
            {walker.by} since <Time at={walker.since} />
          </>
        )}
      </td>
    </tr>
  );
}

type Counts = QueuesResponse['queues'][number]['live'];

function sayCount(counts: Counts, which: 'waiting' | 'inFlight'): ReactNode {
  if (counts === undefined) return '–';
  if ('unread' in counts) return <span title={counts.unread}>not read</span>;
  return formatCount(counts[which]);
}

function sayDead(dead: NonNullable<Counts>): ReactNode {
  if ('unread' in dead) return <span title={dead.unread}>not read</span>;
  const count = dead.waiting + dead.inFlight;
  return count === 0 ? '0' : <Badge tone="bad">{formatCount(count)}</Badge>;
}
