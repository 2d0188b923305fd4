import { bus } from './bus.ts';
import { environmentSecret, secrets } from './secrets.ts';
import { defaultTableNames } from './tables.ts';
import type { FunctionName, SecretKey, TableKey } from './types.ts';

/** The stage with real buyers: its names are the topology's own, and its data is protected. */
export const PRODUCTION = 'production';

/** What things are called on one stage. */
export interface StageNames {
  /** A queue, a rule, a schedule: all that the topology gives a name of its own. */
  nameOf(name: string): string;
  functionNameOf(name: FunctionName): string;
  tables: Readonly<Record<TableKey, string>>;
  secrets: Readonly<Record<SecretKey, string>>;
  environmentSecret: string;
  bus: string;
}

/** Other stages carry their name in front, so that several fit into one account and region. */
export function buildStageNames(stage: string): StageNames {
  const prefix = (separator: string) => (stage === PRODUCTION ? '' : `${stage}${separator}`);
  const nameOf = (name: string) => `${prefix('-')}${name}`;
  const secretNameOf = (name: string) => `${prefix('/')}${name}`;
  return {
    nameOf,
    functionNameOf: (name) => nameOf(`${bus.name}-${toKebab(name)}`),
    tables: {
      transactions: nameOf(defaultTableNames.transactions),
      users: nameOf(defaultTableNames.users),
      entitlements: nameOf(defaultTableNames.entitlements),
      checkouts: nameOf(defaultTableNames.checkouts),
      notifications: nameOf(defaultTableNames.notifications),
      refunds: nameOf(defaultTableNames.refunds),
      invoices: nameOf(defaultTableNames.invoices),
      operations: nameOf(defaultTableNames.operations),
    },
    secrets: {
      gatewayCredentials: secretNameOf(secrets.gatewayCredentials),
      tokenSecret: secretNameOf(secrets.tokenSecret),
    },
    environmentSecret: secretNameOf(environmentSecret),
    bus: nameOf(bus.name),
  };
}

/** `payment-status` of `paymentStatus`. */
export function toKebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
