import type { ReactNode } from 'react';
import { Card, Empty, Money } from '../parts/basics.tsx';
import { formatCount } from '../parts/format.ts';
import styles from './revenue.module.css';
import type { Share } from './sum-days.ts';

/** What a whole is made of, the most first. */
export function Shares({ title, of }: { title: string; of: readonly Share[] }): ReactNode {
  const most = Math.max(1, ...of.map(({ count, paisa }) => paisa ?? count));
  return (
    <Card title={title}>
      {of.length === 0 ? (
        <Empty title="None" />
      ) : (
        <ul className={styles.share}>
          {of.map(({ name, count, paisa }) => (
            <li key={name}>
              <span>{name}</span>
              <span>
                {formatCount(count)}
                {paisa !== undefined && (
                  <>
                    {' · '}
                    <Money paisa={paisa} />
                  </>
                )}
              </span>
              <progress max={most} value={paisa ?? count} aria-hidden="true" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
