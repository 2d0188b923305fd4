import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import { defaultIndexNames, tables } from '@cloudnestle/topology/tables';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { listTables } from '../../doctor/tables/list-tables.ts';

/** The topology's tables and indexes under the names that they have on this stage. */
export function nameTables(stage: EnvironmentSecret): TableDefinition[] {
  const keys = environmentSecretSchema.shape.indexes.keyof().options;
  const names = new Map(keys.map((key) => [defaultIndexNames[key], stage.indexes[key]]));
  return listTables(stage).map(({ key, name }) => ({
    ...tables[key],
    name,
    indexes: tables[key].indexes.map((index) => ({
      ...index,
      name: names.get(index.name) ?? index.name,
    })),
  }));
}
