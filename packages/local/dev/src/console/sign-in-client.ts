import type { CodeClient } from '../issuer/sign-in/read-authorization.ts';
import { LOCAL_CONSOLE_CLIENT_ID } from '../stage-facts.ts';

/** Where Vite serves the console while it is worked on. */
const VITE_ORIGIN = 'http://localhost:5173';

/** The console's app client: it comes back to its own addresses, of this run or of Vite, and to no others. */
export function buildConsoleClient(url: string): CodeClient {
  const origins = [url, VITE_ORIGIN];
  return {
    id: LOCAL_CONSOLE_CLIENT_ID,
    redirectUris: origins.map((origin) => `${origin}/console/signed-in`),
    logoutUris: origins.map((origin) => `${origin}/console/`),
  };
}
