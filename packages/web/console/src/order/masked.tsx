import type { RevealField } from '@cloudnestle/contracts/admin/payment-changes';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useObstacle } from '../app/console.tsx';
import { CopyButton } from '../parts/basics.tsx';
import styles from './order.module.css';

const RevealDialog = lazy(() => import('./dialogs/reveal-dialog.tsx'));

/** A value is masked again after so long. */
const SHOWN_MS = 60_000;

/** Personal data as the server masks it. Who may see it asks for it with a reason, and for a minute. Copied is what is shown. */
export function Masked(props: { id: string; field: RevealField; shown: string }): ReactNode {
  const { id, field, shown } = props;
  const obstacle = useObstacle('reveal');
  const [isAsking, setAsking] = useState(false);
  const [value, setValue] = useState<string>();
  useEffect(() => {
    if (value === undefined) return;
    const timer = setTimeout(() => setValue(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <span className={styles.masked}>
      {value === undefined ? <span>{shown}</span> : <output>{value}</output>}
      <CopyButton text={value ?? shown} what={value === undefined ? 'the mask' : 'the value'} />
      {value === undefined ? (
        <button
          type="button"
          aria-disabled={obstacle !== undefined}
          title={obstacle ?? 'Show it for a minute; it is written down'}
          onClick={() => obstacle === undefined && setAsking(true)}
        >
          reveal
        </button>
      ) : (
        <button type="button" onClick={() => setValue(undefined)}>
          hide
        </button>
      )}
      {isAsking && (
        <Suspense>
          <RevealDialog
            transactionId={id}
            field={field}
            onRevealed={setValue}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </span>
  );
}
