import type { OrderRow } from '@cloudnestle/contracts/admin/orders';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge, Id, Money, Time } from '../parts/basics.tsx';
import { shortenId, toWords } from '../parts/format.ts';
import styles from '../parts/parts.module.css';
import { describeStatus } from './rows.ts';

/** Orders as rows; each leads to its story. */
export function OrderTable(props: { orders: readonly OrderRow[]; caption: string }): ReactNode {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Status</th>
            <th scope="col" data-align="end">
              Amount
            </th>
            <th scope="col">Plan</th>
            <th scope="col">Buyer</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {props.orders.map((order) => (
            <Row key={order.transactionId} order={order} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ order }: { order: OrderRow }): ReactNode {
  const { transactionId, amountInPaisa, planId, userEmail, userId, createdAt, attention } = order;
  const { tone, word } = describeStatus(order);
  return (
    <tr data-row data-copy={transactionId}>
      <td>
        <Id id={transactionId} what="the order’s id">
          {(shown) => (
            <Link to="/orders/$transactionId" params={{ transactionId }} data-row-link>
              {shown}
            </Link>
          )}
        </Id>
      </td>
      <td>
        <Badge tone={tone}>{word}</Badge>{' '}
        {attention.map((reason) => (
          <Badge key={reason} tone="warn">
            {toWords(reason)}
          </Badge>
        ))}
      </td>
      <td data-align="end">
        {amountInPaisa === undefined ? '–' : <Money paisa={amountInPaisa} />}
      </td>
      <td>{planId ?? '–'}</td>
      <td title={userId}>{userEmail ?? (userId === undefined ? '–' : shortenId(userId))}</td>
      <td>
        <Time at={createdAt} />
      </td>
    </tr>
  );
}
