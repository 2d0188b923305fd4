import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { type ReactNode, Suspense, useId, useState } from 'react';
import { useObstacle } from '../app/console.tsx';
import { Button } from '../parts/basics.tsx';
import styles from '../parts/parts.module.css';

interface Props {
  /** The route that it leads to: who may not call it is told why. */
  route: AdminRouteKey;
  kind?: 'main' | 'danger' | 'plain' | 'quiet';
  children: ReactNode;
  /** What has to be asked before; without it `onAct` is done at once. */
  dialog?: (close: () => void) => ReactNode;
  onAct?: () => void;
  isBusy?: boolean;
  /** Why it makes no sense now, for any operator. */
  obstacle?: string | undefined;
}

/** A button that changes something. Where it may not be pressed it stays in reach of the keyboard, and says why. */
export function ActButton(props: Props): ReactNode {
  const { route, kind = 'plain', children, dialog, onAct, isBusy = false, obstacle } = props;
  const forbidden = useObstacle(route);
  const why = forbidden ?? obstacle;
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const whyId = useId();
  const act = () => {
    if (why !== undefined) setAsked(true);
    else if (dialog) setOpen(true);
    else onAct?.();
  };
  return (
    <span className={styles.guard}>
      <Button
        kind={kind}
        onClick={act}
        aria-disabled={why !== undefined || isBusy}
        aria-busy={isBusy}
        title={why}
        aria-describedby={why === undefined ? undefined : whyId}
      >
        {children}
      </Button>
      {why !== undefined && (
        <span id={whyId} role="status" className={isAsked ? styles.why : 'hidden'}>
          {why}
        </span>
      )}
      {isOpen && dialog && <Suspense>{dialog(() => setOpen(false))}</Suspense>}
    </span>
  );
}
