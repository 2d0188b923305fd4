import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { PaymentsClient } from '../client.ts';
import { createLock, type Lock } from './lock.ts';
import { english, type Words } from './words.ts';

export interface PaymentsProviderProps {
  /** Made once, outside of every component. */
  client: PaymentsClient;
  /** The page's own return address; gets `?transactionId=`. */
  returnPath: string;
  /** Other words: `hindi`, or single ones of your own. What is left out is English. */
  words?: Partial<Words> | undefined;
  /** How the browser goes to the payment page; default `location.assign`. */
  navigate?: ((url: string) => void) | undefined;
  children?: ReactNode;
}

interface Payments {
  client: PaymentsClient;
  words: Words;
  navigate(url: string): void;
  /** The return page of a payment. */
  addressOf(transactionId: string): string;
  /** One click at a time for all buttons below one provider. */
  lock: Lock;
}

const PaymentsContext = createContext<Payments | undefined>(undefined);

/** Gives the buttons and pages below it the client, the words and the way to the payment page. */
export function PaymentsProvider(props: PaymentsProviderProps): ReactNode {
  const { client, returnPath, words, navigate = leave, children } = props;
  const [lock] = useState(createLock);
  const value = useMemo(
    () => ({
      client,
      lock,
      navigate,
      words: { ...english, ...words },
      addressOf: (transactionId: string) =>
        `${returnPath}${returnPath.includes('?') ? '&' : '?'}transactionId=${encodeURIComponent(transactionId)}`,
    }),
    [client, lock, navigate, words, returnPath],
  );
  return <PaymentsContext.Provider value={value}>{children}</PaymentsContext.Provider>;
}

/** What the provider above gives; throws where there is none. */
export function usePayments(): Payments {
  const payments = useContext(PaymentsContext);
  if (!payments) throw new Error('Put a <PaymentsProvider> above this component.');
  return payments;
}

const leave = (url: string) => window.location.assign(url);
