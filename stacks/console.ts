import type { Admins } from './admins.ts';
import type { Stage } from './config/read-stage.ts';
import { createSite } from './site.ts';

/**
 * The operators' console as a site of the stage's own, below `/console/`. Undefined where the stage has none. Its `config.json` names
 * the stage, its API and where operators sign in; no secret is in it.
 */
export async function createConsole(stage: Stage, apiUrl: $util.Output<string>, admins: Admins) {
  const { console: site, region } = stage.config;
  if (site === undefined || admins.console === undefined) return undefined;
  const { clientId, signInUrl } = admins.console;
  const { name, certificateArn } = { name: new URL(site.origin).host, ...site };
  const config = $resolve({ apiUrl, clientId, signInUrl, issuer: admins.issuer }).apply((known) =>
    JSON.stringify({
      stage: stage.name,
      region,
      apiUrl: known.apiUrl,
      signIn: {
        issuer: known.issuer,
        clientId: known.clientId,
        authorizeUrl: `${known.signInUrl}/oauth2/authorize`,
        tokenUrl: `${known.signInUrl}/oauth2/token`,
        logoutUrl: `${known.signInUrl}/logout`,
      },
    }),
  );
  const distribution = await createSite(stage, {
    page: 'console',
    prefix: 'console/',
    config,
    connectsTo: [apiUrl, signInUrl],
    // Addresses of the console name orders.
    referrerPolicy: 'no-referrer',
    domain: certificateArn === undefined ? undefined : { name, certificateArn },
  });
  return {
    url: $interpolate`https://${certificateArn === undefined ? distribution.domainName : name}/console/`,
  };
}
