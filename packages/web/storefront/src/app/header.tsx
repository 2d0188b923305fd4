import type { ReactNode } from 'react';
import { nameTier } from '../account/account.ts';
import { Link } from './router.tsx';
import { useSession } from './session.tsx';

/** The marketplace's name, the ways through it, and who is signed in. */
export function Header({ path }: { path: string }): ReactNode {
  const { config, buyer, account } = useSession();
  const current = (href: string) => (path === href ? ('page' as const) : undefined);
  return (
    <header className="bar">
      <Link className="brand" href="/">
        <img src="/mark.svg" alt="" width="28" height="28" />
        <span>CloudNestle</span>
      </Link>
      <nav aria-label="Main">
        <Link href="/" aria-current={current('/')}>
          Plans
        </Link>
        <Link href="/account" aria-current={current('/account')}>
          Account
        </Link>
        {config.hasInbox && (
          <Link href="/inbox" aria-current={current('/inbox')}>
            Inbox
          </Link>
        )}
      </nav>
      {buyer ? (
        <Link className="who" href="/account">
          <span className="avatar" aria-hidden="true">
            {buyer.userEmail.charAt(0).toUpperCase()}
          </span>
          <span className="hidden">Signed in as </span>
          <span className="who-email">{buyer.userEmail}</span>
          {account && <TierBadge tier={account.tier} />}
        </Link>
      ) : (
        <Link className="button small" href={`/sign-in?then=${encodeURIComponent(path)}`}>
          Sign in
        </Link>
      )}
    </header>
  );
}

export function TierBadge({ tier }: { tier: string }): ReactNode {
  return (
    <span className="badge" data-tier={tier}>
      {nameTier(tier)}
    </span>
  );
}
