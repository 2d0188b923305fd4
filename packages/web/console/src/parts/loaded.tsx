import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type ApiTrouble, toTrouble, troubleTitles } from '../api/trouble.ts';
import { Button, Note } from './basics.tsx';
import { formatTime } from './format.ts';
import styles from './parts.module.css';
import { readNow } from './use-now.ts';

/**
 * What a query gave: a skeleton the first time, then the data, which stays while it is asked for again. Where that fails the data
 * stands with its age, and the trouble above it.
 */
export function Loaded<Data>(props: {
  query: UseQueryResult<Data>;
  rows?: number;
  children: (data: Data) => ReactNode;
}): ReactNode {
  const { query, rows = 6, children } = props;
  const { data, error, dataUpdatedAt } = query;
  if (data === undefined && error === null) return <Bones rows={rows} />;
  return (
    <>
      {error !== null && (
        <TroubleNote trouble={toTrouble(error)} onRetry={() => void query.refetch()}>
          {data !== undefined &&
            ` What is shown is of ${formatTime(new Date(dataUpdatedAt).toISOString(), readNow())}.`}
        </TroubleNote>
      )}
      {data !== undefined && children(data)}
    </>
  );
}

/** In place of what is read for the first time; seen only where that takes more than a moment. */
export function Bones({ rows }: { rows: number }): ReactNode {
  return (
    <div className={styles.bones} aria-busy="true">
      <span className="hidden">Loading</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className={styles.bone} data-width={index % 3} />
      ))}
    </div>
  );
}

/** A failed call: its kind, the server's words, what support finds it by, and another try. */
export function TroubleNote(props: {
  trouble: ApiTrouble;
  onRetry?: () => void;
  children?: ReactNode;
}): ReactNode {
  const { trouble, onRetry, children } = props;
  return (
    <Note tone="bad" role="alert">
      <strong>{troubleTitles[trouble.kind]}.</strong> {trouble.message}
      {children}
      {trouble.fields.map(({ field, message }) => (
        <div key={field}>
          <code>{field}</code> {message}
        </div>
      ))}
      {trouble.requestId !== undefined && (
        <div className={styles.why}>
          Request <code>{trouble.requestId}</code>
        </div>
      )}
      {trouble.kind === 'signedOut' ? (
        <div>
          {/* The door, at this address: nothing signs in, or asks again, by itself. */}
          <Button kind="main" onClick={() => window.location.reload()}>
            Sign in again
          </Button>
        </div>
      ) : (
        onRetry && (
          <div>
            <Button kind="quiet" onClick={onRetry}>
              Try again
            </Button>
          </div>
        )
      )}
    </Note>
  );
}
