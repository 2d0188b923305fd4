import type { Stage } from './config/read-stage.ts';
import { createSite } from './site.ts';

/** The storefront as a site of the stage's own. Undefined where the stage has none. */
export async function createStorefront(stage: Stage, apiUrl: $util.Output<string>) {
  const { storefront, solutionId } = stage.config;
  if (storefront === undefined) return undefined;
  const { source, gatewayOrigins, domain } = storefront;
  const site = await createSite(stage, {
    page: 'storefront',
    prefix: '',
    config: apiUrl.apply((url) =>
      JSON.stringify({
        ...{ apiUrl: url, source, gatewayOrigins, solutionId },
        ...{ demoUsers: [], hasInbox: false },
      }),
    ),
    connectsTo: [apiUrl],
    // PhonePe knows a merchant by the page that a buyer comes from.
    referrerPolicy: 'strict-origin-when-cross-origin',
    domain,
  });
  return { url: $interpolate`https://${domain?.name ?? site.domainName}` };
}
