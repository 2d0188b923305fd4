/** What differs from stage to stage. One build serves all: it reads this file from beside itself. */
export interface Config {
  stage: string;
  region: string;
  /** Empty: the page's own origin. */
  apiUrl: string;
  signIn: SignInConfig;
  /** Where a local run breaks subscribers on purpose; missing on every other stage. */
  faultsUrl?: string;
}

/** The user pool as a browser meets it. */
export interface SignInConfig {
  /** The `iss` of its tokens. */
  issuer: string;
  clientId: string;
  authorizeUrl: string;
  tokenUrl: string;
  logoutUrl: string;
}

/** Where the console lives on its origin. */
export const BASE = '/console';

/** Reads `config.json`. Rejects where it cannot be read: without it nothing can be signed in to. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch(`${BASE}/config.json`, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json is answered with ${response.status}`);
  const read: Config = await response.json();
  return read;
}
