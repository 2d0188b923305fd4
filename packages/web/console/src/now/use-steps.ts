import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import { useEffect, useRef, useState } from 'react';
import { findSteps, type Step } from './find-steps.ts';

/** A step is drawn for so long. */
const WALK_MS = 4200;
const MOST = 12;

/** Steps of payments that are being walked right now. */
export function useSteps(orders: readonly OrderRow[] | undefined): readonly Step[] {
  const before = useRef<readonly OrderRow[]>(undefined);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  useEffect(() => {
    if (!orders) return;
    const found = findSteps(before.current, orders);
    before.current = orders;
    if (found.length === 0) return;
    setSteps((walking) => [...walking, ...found].slice(-MOST));
    // Left running when the screen goes: it only forgets.
    setTimeout(() => {
      const gone = new Set(found.map(({ key }) => key));
      setSteps((walking) => walking.filter(({ key }) => !gone.has(key)));
    }, WALK_MS);
  }, [orders]);
  return steps;
}
