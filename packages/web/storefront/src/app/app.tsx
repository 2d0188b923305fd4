import { createPaymentsClient } from '@cloudnestle/upgrade';
import { PaymentsProvider } from '@cloudnestle/upgrade/react';
import { type ReactNode, useEffect, useState } from 'react';
import { AccountPage } from '../pages/account-page.tsx';
import { CheckoutPage } from '../pages/checkout-page.tsx';
import { InboxPage } from '../pages/inbox-page.tsx';
import { ReturnPage } from '../pages/return-page.tsx';
import { SignInPage } from '../pages/sign-in-page.tsx';
import { SolutionDetailPage } from '../pages/solution-detail-page.tsx';
import type { Config } from './config.ts';
import { Header } from './header.tsx';
import { Link, useAddress } from './router.tsx';
import { SessionProvider } from './session.tsx';

const RETURN_PATH = '/payment/callback';

interface Page {
  title: string;
  show(address: URL): ReactNode;
}

const pages: Readonly<Record<string, Page>> = {
  '/': { title: 'AWS Solution Finder', show: () => <SolutionDetailPage /> },
  '/checkout': {
    title: 'Checkout',
    show: ({ searchParams }) => <CheckoutPage planId={searchParams.get('plan') ?? undefined} />,
  },
  '/account': { title: 'Your account', show: () => <AccountPage /> },
  '/sign-in': {
    title: 'Sign in',
    show: ({ searchParams }) => <SignInPage then={searchParams.get('then') ?? '/'} />,
  },
  '/inbox': { title: 'Inbox', show: () => <InboxPage /> },
  [RETURN_PATH]: { title: 'Your payment', show: ({ href }) => <ReturnPage href={href} /> },
};

const notFound: Page = {
  title: 'Nothing here',
  show: () => (
    <section className="card narrow center">
      <h1>There is nothing here</h1>
      <p className="soft">The address may be mistyped.</p>
      <Link href="/" className="button">
        See the plans
      </Link>
    </section>
  ),
};

/** The shop: one provider for all that sells, and the page that the address names. */
export function App({ config }: { config: Config }): ReactNode {
  const [client] = useState(() =>
    createPaymentsClient({
      apiUrl: config.apiUrl,
      source: config.source,
      gatewayOrigins: config.gatewayOrigins.map((origin) =>
        origin === 'self' ? window.location.origin : origin,
      ),
    }),
  );
  const address = useAddress();
  const page = pages[address.pathname] ?? notFound;
  useEffect(() => {
    document.title = `${page.title} · CloudNestle Marketplace`;
  }, [page]);
  return (
    <SessionProvider config={config}>
      <PaymentsProvider client={client} returnPath={RETURN_PATH}>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Header path={address.pathname} />
        <main id="main" tabIndex={-1}>
          {page.show(address)}
        </main>
        <footer className="footer">
          <p>Payments are made at PhonePe. Prices are in Indian rupees and include taxes.</p>
        </footer>
      </PaymentsProvider>
    </SessionProvider>
  );
}
