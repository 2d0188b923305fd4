import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import type { TableKey } from '@cloudnestle/topology/types';

/** The topology's tables with the names they have on this stage. */
export function listTables({ tables }: EnvironmentSecret): { key: TableKey; name: string }[] {
  const keys = environmentSecretSchema.shape.tables.keyof().options;
  return keys.map((key) => ({ key, name: tables[key] }));
}
