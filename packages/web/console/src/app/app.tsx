import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { createApi } from '../api/client.ts';
import { ApiTrouble, toTrouble } from '../api/trouble.ts';
import { Button } from '../parts/basics.tsx';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import { type Session, type Start, signIn } from '../session/session.ts';
import type { Config } from './config.ts';
import { ConsoleProvider } from './console.tsx';
import styles from './door.module.css';
import { LiveProvider } from './live.tsx';
import { router } from './router.tsx';

/** The console, or the door before it. */
export function App({ config, start }: { config: Config; start: Start }): ReactNode {
  const [client] = useState(createQueryClient);
  if (start.kind === 'signed out') return <Door config={config} why={start.why} />;
  return (
    <QueryClientProvider client={client}>
      <SignedIn config={config} session={start.session} />
    </QueryClientProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A look at a queue hides its letters from others: nothing is asked again by itself, but where a screen says so.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: 2000,
        retryDelay: 700,
        retry: (count, error) =>
          count < 1 &&
          error instanceof ApiTrouble &&
          ['offline', 'later', 'timeout'].includes(error.kind),
      },
      mutations: { retry: false },
    },
  });
}

/** Asks the server who this is and what they may do; without an answer nothing is offered. */
function SignedIn({ config, session }: { config: Config; session: Session }): ReactNode {
  const api = useMemo(() => createApi(config.apiUrl, session), [config, session]);
  const {
    data: me,
    error,
    refetch,
  } = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api('me', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const value = useMemo(
    () => (me ? { config, api, session, me } : undefined),
    [config, api, session, me],
  );
  if (value) {
    return (
      <ConsoleProvider value={value}>
        <LiveProvider>
          <RouterProvider router={router} />
        </LiveProvider>
      </ConsoleProvider>
    );
  }
  if (!error) return <Bones rows={6} />;
  const trouble = toTrouble(error);
  return (
    <main className={styles.door}>
      <div>
        <h1>You cannot come in</h1>
        <TroubleNote trouble={trouble} onRetry={() => void refetch()}>
          {trouble.kind === 'forbidden' &&
            ' Operators are in the group “look” or “repair” of the user pool.'}
        </TroubleNote>
        <Button onClick={() => session.signOut()}>Sign out</Button>
      </div>
    </main>
  );
}

/** Where operators sign in. The address that was asked for is shown afterwards. */
function Door({ config, why }: { config: Config; why: string | undefined }): ReactNode {
  return (
    <main className={styles.door}>
      <div>
        <img src="/console/mark.svg" alt="" width="40" height="40" />
        <h1>Payments console</h1>
        <p>
          Where each payment stands, and its repair. Stage <strong>{config.stage}</strong>,{' '}
          {config.region}.
        </p>
        {why !== undefined && (
          <p role="alert" className={styles.why}>
            {why}
          </p>
        )}
        <Button kind="main" onClick={() => void signIn(config.signIn)}>
          Sign in
        </Button>
      </div>
    </main>
  );
}
