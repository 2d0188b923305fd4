import { formatAmount } from '@cloudnestle/upgrade';
import type { ReactNode } from 'react';
import { type Account, formatDay, nameTier, type Payment } from '../account/account.ts';
import { TierBadge } from '../app/header.tsx';
import { goTo, Link } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Quota } from '../search/search-panel.tsx';

/** Plan, what ends when, searches, payments. */
export function AccountPage(): ReactNode {
  const { config, buyer, account, isUnreadable, signOut, reload } = useSession();
  if (!buyer) {
    return (
      <section className="card narrow center">
        <h1>Your account</h1>
        <p className="soft">Sign in to see your plan and your payments.</p>
        <Link className="button" href="/sign-in?then=%2Faccount">
          Sign in
        </Link>
      </section>
    );
  }
  const leave = () => {
    signOut();
    goTo('/sign-in');
  };
  return (
    <div className="account">
      <div className="section-head">
        <div>
          <h1>Your account</h1>
          <p className="soft break">{buyer.userEmail}</p>
        </div>
        <button type="button" className="button quiet small" onClick={leave}>
          Switch user
        </button>
      </div>
      {isUnreadable && (
        <p className="notice" data-tone="bad" role="alert">
          Your account cannot be read right now.{' '}
          <button type="button" className="link" onClick={reload}>
            Try again
          </button>
        </p>
      )}
      {config.demoUsers.length === 0 && (
        <section className="card">
          <h2>Your payments</h2>
          <p className="soft">
            Each payment has its mails, with its invoice and a link to where it stands.
          </p>
        </section>
      )}
      {account && <Overview account={account} />}
      {account && <Payments payments={account.payments ?? []} />}
      {account && <Records account={account} />}
    </div>
  );
}

function Overview({ account }: { account: Account }): ReactNode {
  const { tier, accessEndsAt, quota } = account;
  const isFree = tier === 'registered';
  return (
    <div className="tiles">
      <section className="card" aria-labelledby="plan-title">
        <h2 id="plan-title">Plan</h2>
        <p className="tile-main">
          <TierBadge tier={tier} />
        </p>
        <p className="soft">
          {accessEndsAt
            ? `Until ${formatDay(accessEndsAt)}`
            : isFree
              ? 'No plan yet'
              : 'Does not end'}
        </p>
        <Link href="/">{isFree ? 'See the plans' : 'Other plans'}</Link>
      </section>
      <section className="card" aria-labelledby="searches-title">
        <h2 id="searches-title">Searches today</h2>
        <p className="tile-main">
          {quota.usedToday}
          <span className="soft"> of {quota.dailyQuota ?? 'unlimited'}</span>
        </p>
        <Quota />
      </section>
    </div>
  );
}

function Payments({ payments }: { payments: readonly Payment[] }): ReactNode {
  return (
    <section className="card" aria-labelledby="payments-title">
      <h2 id="payments-title">Payments</h2>
      {payments.length === 0 ? (
        <p className="soft">None yet. What you buy shows here, with its invoice.</p>
      ) : (
        <ul className="payments">
          {payments.map((payment) => (
            <PaymentRow key={payment.transactionId} payment={payment} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PaymentRow({ payment }: { payment: Payment }): ReactNode {
  const { transactionId, plan, amountInPaisa, createdAt, invoiceUrl } = payment;
  const { tone, words } = describe(payment);
  return (
    <li>
      <div>
        <strong>{plan}</strong>
        <small>{formatDay(createdAt)}</small>
      </div>
      <div className="payment-state">
        <span className="state" data-tone={tone}>
          {words}
        </span>
        <small>{endOf(payment)}</small>
      </div>
      <div className="amount">{formatAmount(amountInPaisa, 'INR')}</div>
      <div className="ways">
        <Link href={`/payment/callback?transactionId=${encodeURIComponent(transactionId)}`}>
          Details<span className="hidden"> of {plan}</span>
        </Link>
        {invoiceUrl && (
          <a href={invoiceUrl} download>
            Download invoice<span className="hidden"> of {plan}</span>
          </a>
        )}
      </div>
    </li>
  );
}

function describe(payment: Payment): { tone: 'good' | 'bad' | 'plain'; words: string } {
  const { status, refundedInPaisa, isTakenBack, amountInPaisa } = payment;
  if (status === 'PENDING') return { tone: 'plain', words: 'Waiting' };
  if (status === 'FAILED') return { tone: 'bad', words: 'Not paid' };
  if (refundedInPaisa >= amountInPaisa) return { tone: 'plain', words: 'Refunded' };
  if (isTakenBack) return { tone: 'plain', words: 'Ended' };
  return refundedInPaisa > 0
    ? { tone: 'good', words: `Paid, ${formatAmount(refundedInPaisa, 'INR')} refunded` }
    : { tone: 'good', words: 'Paid' };
}

function endOf({ endsAt }: Payment): string {
  if (!endsAt) return '';
  return `${new Date(endsAt) < new Date() ? 'ended' : 'until'} ${formatDay(endsAt)}`;
}

const recordNames = { byUserId: 'By user id', byEmail: 'By email' };

/** What search apps read of this buyer; for developers of the demo. */
function Records({ account }: { account: Account }): ReactNode {
  return (
    <details className="card">
      <summary>Access records of the demo</summary>
      <ul className="records">
        {account.entitlements.map(({ record, accessTier, status }) => (
          <li key={record}>
            {recordNames[record]}: {nameTier(accessTier)}
            {status === 'active' ? '' : ` (${status})`}
          </li>
        ))}
        {account.entitlements.length === 0 && <li>None yet</li>}
      </ul>
    </details>
  );
}
