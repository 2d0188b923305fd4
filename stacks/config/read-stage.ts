import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { buildStageNames, PRODUCTION, type StageNames } from '@cloudnestle/topology/stage-names';
import * as z from 'zod';
import { findConcurrencyTrouble } from './reserved-concurrency.ts';
import { type StageConfig, stageConfigSchema } from './schema.ts';
import { personalStage, stages } from './stages.ts';

export interface Stage {
  name: string;
  config: StageConfig;
  names: StageNames;
  /** Data is protected here, and outlives the stage. */
  isProduction: boolean;
}

/** What a stage is, from its configuration. Throws in words where it may not be deployed like that. */
export function readStage(name: string): Stage {
  return buildStage(name, stages[name] ?? personalStage);
}

/** The same for a configuration from elsewhere. */
export function buildStage(name: string, input: unknown): Stage {
  // It stands in front of names that AWS cuts off at 64 letters, and dozens of times in policies of at most 6,144.
  if (!/^[a-z][a-z0-9-]{0,11}$/.test(name)) {
    throw new Error(
      `The stage "${name}" cannot be deployed: a stage's name has 1 to 12 of a-z, 0-9 and dashes, and begins with a letter.`,
    );
  }
  const parsed = stageConfigSchema.safeParse(input);
  if (!parsed.success) {
    throw new Error(
      `The stage "${name}" is not configured rightly (stacks/config/stages.ts):\n${z.prettifyError(parsed.error)}`,
    );
  }
  const config = parsed.data;
  const isProduction = name === PRODUCTION;
  const objections = findObjections(config, { isProduction });
  if (objections.length > 0) {
    const list = objections.map((each) => `- ${each}`).join('\n');
    throw new Error(`The stage "${name}" is not deployed (stacks/config/stages.ts):\n${list}`);
  }
  return { name, config, names: buildStageNames(name), isProduction };
}

/** Why a stage must not be deployed like this, in words for the developer who deploys it. */
export function findObjections(
  config: StageConfig,
  { isProduction }: { isProduction: boolean },
): string[] {
  return [
    ...findMailTrouble(config),
    ...findConcurrencyTrouble(config),
    ...findStorefrontTrouble(config),
    ...findConsoleTrouble(config),
    ...(isProduction ? findProductionTrouble(config) : []),
  ];
}

function findMailTrouble({ mail }: StageConfig): string[] {
  const { name } = mail.identity;
  const isCovered = listSenderIdentities(mail.from).includes(name);
  return isCovered
    ? []
    : [`mail.from is ${mail.from}: the SES identity ${name} does not stand for it`];
}

function findStorefrontTrouble({ storefront, frontends }: StageConfig): string[] {
  if (storefront === undefined) return [];
  const { source, domain } = storefront;
  const frontend = frontends.find(({ id }) => id === source);
  if (!frontend) return [`storefront.source is ${source}, which is no frontend`];
  return domain && frontend.origin !== `https://${domain.name}`
    ? [`the storefront is at https://${domain.name}, and its frontend at ${frontend.origin}`]
    : [];
}

function findConsoleTrouble({ console: site, admins }: StageConfig): string[] {
  if (site === undefined) return [];
  const { pool, tokenUse } = admins;
  return [
    ...(new URL(site.origin).origin === site.origin
      ? []
      : [`console.origin is ${site.origin}: an origin has no path, and no slash at its end`]),
    ...(pool.kind === 'existing' && pool.console === undefined
      ? ['admins.pool.console is missing: no operator could sign in to the console']
      : []),
    ...(tokenUse === 'id' ? [] : ['the console sends id tokens, and admins.tokenUse is access']),
  ];
}

function findProductionTrouble(config: StageConfig): string[] {
  const { alertAddress, gateway, frontends, mail, seller } = config;
  const addresses = Object.entries(gateway);
  const pages = [...frontends.flatMap(({ origin, returnUrl }) => [origin, returnUrl]), mail.appUrl];
  return [
    ...(alertAddress === undefined
      ? ['alertAddress is missing: no operator would be told when payments fail']
      : []),
    ...findSellerTrouble(seller),
    ...addresses
      .filter(([, url]) => /sandbox|preprod/i.test(url))
      .map(([key]) => `gateway.${key} is PhonePe's sandbox: buyers would get Pro without paying`),
    ...addresses
      .filter(([, url]) => !url.startsWith('https://'))
      .map(([key]) => `gateway.${key} is not https: credentials would be sent in the clear`),
    ...pages
      .filter((url) => !url.startsWith('https://'))
      .map((url) => `${url} is not https: no buyer should be sent there`),
  ];
}

/** A seller is registered, with all that invoices then bear, or is not, and then nothing of it is said. */
function findSellerTrouble({
  gstin,
  sac,
  signatory,
  seriesPrefix,
}: StageConfig['seller']): string[] {
  return [
    ...(seriesPrefix === ''
      ? []
      : [`seller.seriesPrefix is ${seriesPrefix}: it marks documents that are for trying`]),
    ...(gstin === undefined && sac !== undefined
      ? ['seller.sac is there and seller.gstin is not: buyers would get receipts without tax']
      : []),
    ...(gstin !== undefined && signatory === undefined
      ? ['seller.signatory is missing beside a GSTIN: a tax invoice says who stands for it']
      : []),
  ];
}

/** `PaymentStatus` of `paymentStatus`: what SST's state knows something by. */
export function logicalName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
