import { type OrderRow, ordersQuerySchema } from '@cloudnestle/contracts/admin/orders';
import {
  type DayPosition,
  readCursor,
  readRange,
  writeCursor,
} from '@cloudnestle/operations/orders-by-day';
import { type Answer, answerOk, readQuery } from '../api/call.ts';
import { toOrderRow } from './order-row.ts';

const PAGE = 50;
/** So many rows are gone through for one answer, whatever the filter leaves of them. */
const MOST_READ = 2000;

/** `GET orders`: a page of the range's orders, the latest first, read through the index by day. */
export const answerOrders: Answer = async (call) => {
  const { from, to, status, cursor } = readQuery(call, ordersQuerySchema);
  const range = readRange({ startDate: from, endDate: to });
  const after = cursor === undefined ? undefined : readCursor(cursor, range);
  const orders: OrderRow[] = [];
  let read = 0;
  let position: DayPosition | undefined;
  for await (const items of call.desk.sources.books.listOrders(range, after)) {
    for (const item of items) {
      position = positionOf(item);
      read += 1;
      orders.push(
        ...toOrderRow(item).filter((each) => status === undefined || each.status === status),
      );
      if (orders.length >= PAGE || read >= MOST_READ) {
        return answerOk(call, { orders, nextCursor: position && writeCursor(position) });
      }
    }
  }
  return answerOk(call, { orders });
};

function positionOf(item: Readonly<Record<string, unknown>>): DayPosition {
  const { dayShard, createdAt, transactionId } = item;
  return {
    dayShard: String(dayShard),
    createdAt: String(createdAt),
    transactionId: String(transactionId),
  };
}
