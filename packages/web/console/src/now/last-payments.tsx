import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import type { ReactNode } from 'react';
import { OrderTable } from '../orders/order-table.tsx';
import { Empty } from '../parts/basics.tsx';
import parts from '../parts/parts.module.css';
import { useHeld } from '../parts/use-held.ts';

const MOST = 10;
const idOf = ({ transactionId }: OrderRow) => transactionId;

/** The latest orders. New ones wait until they are asked for: nothing moves under the cursor. */
export function LastPayments({ orders }: { orders: readonly OrderRow[] }): ReactNode {
  const { rows, came, show } = useHeld(orders, idOf, 'last');
  if (rows.length === 0) return <Empty title="No order since yesterday" />;
  return (
    <>
      {came > 0 && (
        <button type="button" className={parts.came} onClick={show}>
          {came} new: show
        </button>
      )}
      <OrderTable orders={rows.slice(0, MOST)} caption="Last payments" />
    </>
  );
}
