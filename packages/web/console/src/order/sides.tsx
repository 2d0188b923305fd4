import type { PaymentResponse } from '@cloudnestle/contracts/admin/payment';
import type { ReactNode } from 'react';
import { Badge, Card, Facts, Id, Money, Note, Time, type Tone } from '../parts/basics.tsx';
import { toWords } from '../parts/format.ts';
import { useNow } from '../parts/use-now.ts';
import { Masked } from './masked.tsx';
import styles from './order.module.css';

/** The same order three times: as the gateway has it now, as our books have it, and what the buyer holds. */
export function Sides({ payment }: { payment: PaymentResponse }): ReactNode {
  const { discrepancies } = payment;
  return (
    <Card
      title="Gateway, books and access"
      flush
      aside={
        discrepancies.length === 0 ? undefined : (
          <Badge tone="bad">{discrepancies.map(toWords).join(', ')}</Badge>
        )
      }
    >
      <div className={styles.sides}>
        <Gateway gateway={payment.gateway} />
        <Books payment={payment} />
        <Access payment={payment} />
      </div>
    </Card>
  );
}

function Gateway({ gateway }: { gateway: PaymentResponse['gateway'] }): ReactNode {
  if ('unread' in gateway) {
    return (
      <div>
        <h3>The gateway now</h3>
        <Unread why={gateway.unread} />
      </div>
    );
  }
  const { status, state, amountInPaisa, failureReason, completedAt } = gateway;
  return (
    <div>
      <h3>
        The gateway now <Badge tone={tones[status] ?? 'warn'}>{toWords(status)}</Badge>
      </h3>
      <Facts
        of={[
          ['Its word', state],
          ['Amount', amountInPaisa !== undefined && <Money paisa={amountInPaisa} />],
          ['Reason', failureReason && toWords(failureReason)],
          ['Paid', completedAt && <Time at={completedAt} />],
        ]}
      />
    </div>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  ...{ COMPLETED: 'good', PENDING: 'wait', FAILED: 'none', NOT_FOUND: 'warn', MISMATCH: 'bad' },
  ...{ held: 'good', behind: 'wait', missing: 'bad' },
};

function Books({ payment: { order } }: { payment: PaymentResponse }): ReactNode {
  const { payment, settlement, transactionId } = order;
  return (
    <div>
      <h3>
        Our books <Badge tone={tones[order.status] ?? 'none'}>{toWords(order.status)}</Badge>
      </h3>
      <Facts
        of={[
          ['Amount', <Money key="amount" paisa={order.amountInPaisa} />],
          ['Plan', `${order.planId} (${order.tier})`],
          ['Reason', order.failureReason && toWords(order.failureReason)],
          ['Paid', order.completedAt && <Time at={order.completedAt} />],
          ['Failed', order.failedAt && <Time at={order.failedAt} />],
          [
            'Page',
            order.hasPage ? <Page key="page" until={order.expiresAt} /> : 'never handed out',
          ],
          ['Mode', payment.mode],
          ['UPI', payment.vpa && <Masked id={transactionId} field="vpa" shown={payment.vpa} />],
          ['UTR', payment.utr && <Masked id={transactionId} field="utr" shown={payment.utr} />],
          ['Settlement', settlement.status && toWords(settlement.status)],
          ['Duplicate of', order.duplicateOf && <Id id={order.duplicateOf} />],
          ['Superseded by', order.supersededBy && <Id id={order.supersededBy} />],
          ['Access ended', order.accessRevokedAt && <Time at={order.accessRevokedAt} />],
        ]}
      />
    </div>
  );
}

function Page({ until }: { until: string }): ReactNode {
  const isOver = Date.parse(until) < useNow();
  return (
    <>
      {isOver ? 'ended' : 'open until'} <Time at={until} withAgo={false} />
    </>
  );
}

function Access({ payment: { access, order } }: { payment: PaymentResponse }): ReactNode {
  const { user, records, holdings } = access;
  return (
    <div>
      <h3>
        The buyer holds{' '}
        {holdings ? (
          <Badge tone={holdings.isComplete ? 'good' : 'bad'}>
            {holdings.isComplete ? 'all of it' : 'not all of it'}
          </Badge>
        ) : (
          <Badge tone="none">nothing of this order</Badge>
        )}
      </h3>
      {user === null ? (
        <Note tone="warn">There is no such user.</Note>
      ) : 'unread' in user ? (
        <Unread why={user.unread} />
      ) : (
        <Facts
          of={[
            ['User', <Id key="user" id={user.userId} what="the user’s id" />],
            [
              'Email',
              <Masked
                key="email"
                id={order.transactionId}
                field="currentEmail"
                shown={user.email}
              />,
            ],
            [
              'Tier',
              `${user.tier ?? 'none'}${user.status === undefined ? '' : `, ${user.status}`}`,
            ],
            ['Until', user.endsAt && <Time at={user.endsAt} />],
            ['User’s row', holdings && <Held word={holdings.user} />],
            ['Record by id', holdings && <Held word={holdings.recordByUserId} />],
            ['Record by email', holdings && <Held word={holdings.recordByEmail} />],
          ]}
        />
      )}
      {'unread' in records && <Unread why={records.unread} />}
    </div>
  );
}

function Held({ word }: { word: string }): ReactNode {
  return <Badge tone={tones[word] ?? 'none'}>{word}</Badge>;
}

/** What was not read says so: it is no empty success. */
export function Unread({ why }: { why: string }): ReactNode {
  return (
    <Note tone="warn">
      <strong>Not read.</strong> {why}
    </Note>
  );
}
