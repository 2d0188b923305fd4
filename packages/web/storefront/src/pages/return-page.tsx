import { formatAmount, type PaymentView, readReturn } from '@cloudnestle/upgrade';
import { PaymentReturn, usePaymentStatus } from '@cloudnestle/upgrade/react';
import type { ReactNode } from 'react';
import { nameTier } from '../account/account.ts';
import { Link } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { readStored } from '../app/storage.ts';
import { planKey } from '../checkout/checkout-form.tsx';

/** Where the buyer comes back to. Only the id in the address is believed; how the payment went is asked. */
export function ReturnPage({ href }: { href: string }): ReactNode {
  const transactionId = readReturn(href)?.transactionId;
  const { config, reload } = useSession();
  return (
    <div className="card result">
      <PaymentReturn
        transactionId={transactionId}
        onGranted={reload}
        renderActions={(view) => <Actions view={view} transactionId={transactionId} />}
      />
      {transactionId !== undefined && <Receipt transactionId={transactionId} />}
      {config.hasInbox && (
        <p className="soft small-print center">
          A mail tells you the same: <Link href="/inbox">open the inbox</Link>.
        </p>
      )}
    </div>
  );
}

interface ActionsProps {
  view: PaymentView;
  transactionId: string | undefined;
}

function Actions({ view, transactionId }: ActionsProps): ReactNode {
  if (transactionId === undefined || view.kind === 'unknown') {
    return (
      <Link className="button" href="/account">
        See your payments
      </Link>
    );
  }
  switch (view.kind) {
    case 'granted':
      return (
        <Link className="button" href="/">
          Start searching
        </Link>
      );
    case 'failed':
      return (
        <Link className="button" href={checkoutOf(transactionId)}>
          Try again
        </Link>
      );
    case 'ended':
      return (
        <Link className="button" href="/">
          See the plans
        </Link>
      );
    default:
      return null;
  }
}

/** The checkout that the payment came from, where this browser knows it. */
function checkoutOf(transactionId: string): string {
  const planId = readStored(planKey(transactionId));
  return planId === undefined ? '/' : `/checkout?plan=${encodeURIComponent(planId)}`;
}

/** What was bought and for how much, once that is known. */
function Receipt({ transactionId }: { transactionId: string }): ReactNode {
  const view = usePaymentStatus(transactionId);
  return (
    <dl className="facts">
      {'status' in view && (
        <>
          <div>
            <dt>Amount</dt>
            <dd>{formatAmount(view.status.amountInPaisa, view.status.currency)}</dd>
          </div>
          <div>
            <dt>Plan</dt>
            <dd>{nameTier(view.status.tier)}</dd>
          </div>
        </>
      )}
      <div>
        <dt>Payment</dt>
        <dd className="code">{transactionId}</dd>
      </div>
    </dl>
  );
}
