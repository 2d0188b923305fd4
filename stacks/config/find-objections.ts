import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { findConcurrencyTrouble } from './reserved-concurrency.ts';
import type { StageConfig } from './schema.ts';

/** Why a stage must not be deployed like this, in words for whoever deploys it. */
export function findObjections(
  config: StageConfig,
  { isProduction }: { isProduction: boolean },
): string[] {
  return [
    ...findMailTrouble(config),
    ...findConcurrencyTrouble(config),
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

function findProductionTrouble(config: StageConfig): string[] {
  const { alertAddress, gateway, frontends, mail } = config;
  const addresses = Object.entries(gateway);
  const pages = [...frontends.flatMap(({ origin, returnUrl }) => [origin, returnUrl]), mail.appUrl];
  return [
    ...(alertAddress === undefined
      ? ['alertAddress is missing: nobody would be told when payments fail']
      : []),
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
