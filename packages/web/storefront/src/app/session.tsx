import type { Buyer } from '@cloudnestle/upgrade';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Account, readAccount } from '../account/account.ts';
import type { Config } from './config.ts';
import { readStored, store } from './storage.ts';

const KEY = 'storefront.buyer';

/** Who is signed in, and what is known of them. */
export interface Session {
  config: Config;
  buyer: Buyer | undefined;
  /** What was read last, of this very buyer; undefined while it is read for the first time, and where nothing can be read. */
  account: Account | undefined;
  /** The account cannot be read right now. */
  isUnreadable: boolean;
  signIn(buyer: Buyer): void;
  signOut(): void;
  reload(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no session above this component');
  return session;
}

export function SessionProvider(props: { config: Config; children: ReactNode }): ReactNode {
  const { config, children } = props;
  const [buyer, setBuyer] = useState(readBuyer);
  const [known, setKnown] = useState<Account>();
  const [isUnreadable, setUnreadable] = useState(false);
  const reading = useRef(0);
  const userId = buyer?.userId;
  const isDemo = config.demoUsers.length > 0;

  const reload = useCallback(async () => {
    reading.current += 1;
    const mine = reading.current;
    // Only the local run shows accounts: elsewhere the buyer's account is the marketplace's.
    if (userId === undefined || !isDemo) return;
    const read = await readAccount(userId);
    // The answer to an older question comes too late.
    if (mine !== reading.current) return;
    setUnreadable(read.kind === 'unreadable');
    // Unreadable for a moment: what was read before stays.
    if (read.kind === 'account') setKnown(read.account);
  }, [userId, isDemo]);

  useEffect(() => {
    void reload();
    const look = () => {
      // Another tab may have signed in another buyer, or have paid.
      setBuyer((before) => sameOr(before, readBuyer()));
      if (document.visibilityState === 'visible') void reload();
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pageshow', look);
    window.addEventListener('storage', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pageshow', look);
      window.removeEventListener('storage', look);
    };
  }, [reload]);

  const session = useMemo((): Session => {
    const change = (next: Buyer | undefined) => {
      store(KEY, next && JSON.stringify(next));
      setBuyer(next);
      setUnreadable(false);
    };
    return {
      config,
      buyer,
      account: known?.userId === userId ? known : undefined,
      isUnreadable,
      signIn: change,
      signOut: () => change(undefined),
      reload: () => void reload(),
    };
  }, [config, buyer, known, userId, isUnreadable, reload]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

const sameOr = (before: Buyer | undefined, now: Buyer | undefined) =>
  JSON.stringify(before) === JSON.stringify(now) ? before : now;

function readBuyer(): Buyer | undefined {
  try {
    const read: Partial<Buyer> | null = JSON.parse(readStored(KEY) ?? 'null');
    return read?.userId && read.userEmail
      ? { userId: read.userId, userEmail: read.userEmail }
      : undefined;
  } catch {
    return undefined;
  }
}
