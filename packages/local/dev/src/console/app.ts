import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { FAULTS_PATH } from '../faults/faults-app.ts';
import { ISSUER_PATH, LOCAL_CONSOLE_CLIENT_ID } from '../stage-facts.ts';
import { answerPage } from '../storefront/answer-page.ts';
import type { BuiltPages } from '../storefront/built-pages.ts';

const PATH = '/console';

export interface ConsoleOptions {
  /** The HTTP API's origin. */
  url: string;
  stage: string;
  region: string;
  /** The pages of `packages/web/console`, built where they are not yet. Asked at the first page. */
  readPages(): Promise<BuiltPages>;
}

/**
 * The operators' console at `/console/`: the pages of `packages/web/console`, and what they are told of this run. Every address below it
 * that is no file is the page itself: which screen it shows, its own code decides.
 */
export function createConsole({ url, stage, region, readPages }: ConsoleOptions): Hono {
  const app = new Hono();
  const issuer = `${url}${ISSUER_PATH}`;
  app.get(`${PATH}/config.json`, (c) =>
    c.json({
      ...{ stage, region, apiUrl: '', faultsUrl: FAULTS_PATH },
      signIn: {
        issuer,
        clientId: LOCAL_CONSOLE_CLIENT_ID,
        authorizeUrl: `${issuer}/oauth2/authorize`,
        tokenUrl: `${issuer}/oauth2/token`,
        logoutUrl: `${issuer}/logout`,
      },
    }),
  );
  const answer = async (c: Context, path: string) => answerPage(c, await readPages(), path);
  app.get(`${PATH}/assets/:name`, (c) => answer(c, c.req.path.slice(PATH.length)));
  app.get(`${PATH}/mark.svg`, (c) => answer(c, '/mark.svg'));
  app.get(PATH, (c) => c.redirect(`${PATH}/`));
  app.get(`${PATH}/*`, policy, (c) => answer(c, '/index.html'));
  return app;
}

/** No script, style or picture but the console's own files, and nothing inline; it calls its own origin alone. */
const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // Addresses of the console name orders.
  referrerPolicy: 'no-referrer',
  // Plain http on this machine.
  strictTransportSecurity: false,
});
