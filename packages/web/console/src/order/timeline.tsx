import type { TimelineEntry } from '@cloudnestle/contracts/admin/payment';
import { type ReactNode, useMemo, useState } from 'react';
import { Button, Card, Time } from '../parts/basics.tsx';
import { plural } from '../parts/format.ts';
import parts from '../parts/parts.module.css';
import { buildTimeline, listLanes, type TimelineItem } from './build-timeline.ts';
import styles from './order.module.css';

/** What happened, the newest first: quiet times are one line, small things are folded, and a lane can be looked at alone. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }): ReactNode {
  const [isUnfolded, setUnfolded] = useState(false);
  const [lane, setLane] = useState<string>();
  const lanes = useMemo(() => listLanes(entries), [entries]);
  const items = useMemo(() => {
    const chosen = entries.filter((entry) => lane === undefined || entry.lane === lane);
    return buildTimeline(chosen, { isUnfolded: isUnfolded || lane !== undefined });
  }, [entries, isUnfolded, lane]);
  return (
    <Card
      title="Timeline"
      flush
      aside={
        <select
          className={parts.input}
          aria-label="Lane"
          value={lane ?? ''}
          onChange={({ target }) => setLane(target.value === '' ? undefined : target.value)}
        >
          <option value="">All lanes</option>
          {lanes.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      }
    >
      <ol className={styles.timeline}>
        {items.map((item) => (
          <Item key={item.key} item={item} onUnfold={() => setUnfolded(true)} />
        ))}
      </ol>
    </Card>
  );
}

function Item({ item, onUnfold }: { item: TimelineItem; onUnfold(): void }): ReactNode {
  if (item.kind === 'gap') {
    return (
      <li data-kind="gap">
        <span>{item.words}</span>
      </li>
    );
  }
  if (item.kind === 'folded') {
    return (
      <li data-kind="folded">
        <span />
        <Button kind="quiet" onClick={onUnfold}>
          {plural(item.entries.length, 'smaller event')}
        </Button>
      </li>
    );
  }
  const { lane, what, detail, at, eventId } = item.entry;
  return (
    <li data-kind="entry">
      <span className={styles.lane0} title={lane}>
        {lane}
      </span>
      <div title={eventId === undefined ? undefined : `Event ${eventId}`}>
        {what}
        {detail !== undefined && <small>{detail}</small>}
        <small>
          <Time at={at} />
        </small>
      </div>
    </li>
  );
}
