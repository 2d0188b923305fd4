import type { Look } from '@cloudnestle/contracts/admin/letters';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LettersSearch } from '../app/search-params.ts';
import { Ago, Badge, Empty } from '../parts/basics.tsx';
import { formatCount, plural } from '../parts/format.ts';
import parts from '../parts/parts.module.css';
import styles from './letters.module.css';

/** Letters by why they failed, the most first. A reason becomes the filter, and with it the scope of an action. */
export function GroupTable({ look, search }: { look: Look; search: LettersSearch }): ReactNode {
  const { groups, restGroups } = look;
  if (groups.length === 0) return <Empty title="No letters">None that the filter means.</Empty>;
  const most = Math.max(...groups.map(({ count }) => count));
  return (
    <div className={parts.scroll}>
      <table className={parts.table}>
        <caption>Letters by reason</caption>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Queue</th>
            <th scope="col" data-align="end">
              Letters
            </th>
            <th scope="col">Last failed</th>
            <th scope="col">Before a replay</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.queue} ${group.reason}`} data-row>
              <td className={styles.reason}>
                <Link
                  to="/dead-letters"
                  search={{ ...search, queue: group.queue, reason: group.reason }}
                  data-row-link
                >
                  {group.reason}
                </Link>
              </td>
              <td>{group.queue}</td>
              <td data-align="end">
                <span className={styles.count}>
                  <progress max={most} value={group.count} aria-hidden="true" />
                  {formatCount(group.count)}
                </span>
              </td>
              <td>
                <Ago at={group.lastFailedAt} />
              </td>
              <td>
                {group.cannotSucceed > 0 && (
                  <span title={group.obstacles.join('\n')}>
                    <Badge tone="bad">{formatCount(group.cannotSucceed)} cannot succeed</Badge>
                  </span>
                )}
                {group.noDestination > 0 && (
                  <Badge tone="warn">{formatCount(group.noDestination)} without destination</Badge>
                )}
                {group.mostReplays > 0 && (
                  <Badge tone="warn">replayed {plural(group.mostReplays, 'time')} before</Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {restGroups.groups > 0 && (
        <p className={parts.more}>
          {plural(restGroups.groups, 'more reason')} with {plural(restGroups.letters, 'letter')}:
          narrow the filter.
        </p>
      )}
    </div>
  );
}
