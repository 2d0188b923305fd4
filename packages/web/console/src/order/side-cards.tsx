import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ActionList } from '../actions/action-list.tsx';
import { describeStatus } from '../orders/rows.ts';
import { Badge, Card, Id, Money, Time } from '../parts/basics.tsx';
import { toWords } from '../parts/format.ts';
import { RefundLine } from '../refunds/refund-line.tsx';
import { describeMail } from './describe-mail.ts';
import styles from './order.module.css';
import { Unread } from './sides.tsx';

/** What hangs on the order besides: mails, refunds, documents, other orders of the buyer, and what operators did. */
export function SideCards({ payment }: { payment: PaymentResponse }): ReactNode {
  const { mails, refunds, documents, otherOrders, actions } = payment;
  return (
    <>
      <Part title="Mails" of={mails}>
        {(list) =>
          list.map(({ kind, of, state }) => {
            const { tone, word, at } = describeMail(state);
            return (
              <li key={`${kind} ${of}`}>
                <span>
                  {toWords(kind)}
                  {of !== undefined && <small> {of}</small>}
                </span>
                <Badge tone={tone}>{word}</Badge>
                {at !== undefined && <Time at={at} />}
              </li>
            );
          })
        }
      </Part>
      <Part title="Refunds" of={refunds}>
        {(list) => list.map((refund) => <RefundLine key={refund.refundId} refund={refund} />)}
      </Part>
      <Part title="Invoice and credit notes" of={documents}>
        {(list) =>
          list.map(({ number, kind, issuedAt, totalInPaisa }) => (
            <li key={number}>
              <Id id={number} what="the number" longest={24} />
              <span>{toWords(kind)}</span>
              <Money paisa={totalInPaisa} />
              <small>
                <Time at={issuedAt} />
              </small>
            </li>
          ))
        }
      </Part>
      <Part
        title="Other orders of this buyer"
        of={'unread' in otherOrders ? otherOrders : otherOrders.orders}
      >
        {(list) =>
          list.map((other) => {
            const { tone, word } = describeStatus(other);
            const { transactionId } = other;
            return (
              <li key={transactionId}>
                <Id id={transactionId}>
                  {(shown) => (
                    <Link to="/orders/$transactionId" params={{ transactionId }}>
                      {shown}
                    </Link>
                  )}
                </Id>
                <Badge tone={tone}>{word}</Badge>
                {other.amountInPaisa !== undefined && <Money paisa={other.amountInPaisa} />}
                <small>
                  <Time at={other.createdAt} />
                </small>
              </li>
            );
          })
        }
      </Part>
      <Card title="What operators did" flush>
        {'unread' in actions ? <Unread why={actions.unread} /> : <ActionList actions={actions} />}
      </Card>
    </>
  );
}

/** A list under its name; left out where there is nothing, and never where it was not read. */
function Part<Row>(props: {
  title: string;
  of: readonly Row[] | { unread: string };
  children: (rows: readonly Row[]) => ReactNode;
}): ReactNode {
  const { title, of, children } = props;
  if ('unread' in of) {
    return (
      <Card title={title}>
        <Unread why={of.unread} />
      </Card>
    );
  }
  if (of.length === 0) return null;
  return (
    <Card title={title} flush>
      <ul className={styles.list}>{children(of)}</ul>
    </Card>
  );
}
