import { judgeBackups, judgeTable, type SeenTable } from '@cloudnestle/topology/judge/table';
import { tables } from '@cloudnestle/topology/tables';
import type { TableDefinition } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { type Check, findDifferences, readResources, types } from './read.ts';

const tableSchema = z.object({
  name: z.string(),
  billingMode: z.string(),
  hashKey: z.string(),
  rangeKey: z.string().optional(),
  deletionProtectionEnabled: z.boolean().default(false),
  pointInTimeRecovery: z.object({ enabled: z.boolean() }).optional(),
  ttl: z.object({ attributeName: z.string(), enabled: z.boolean().default(true) }).optional(),
  attributes: z.array(z.object({ name: z.string(), type: z.string() })),
  globalSecondaryIndexes: z
    .array(
      z.object({
        name: z.string(),
        hashKey: z.string(),
        rangeKey: z.string().optional(),
        projectionType: z.string(),
      }),
    )
    .default([]),
});
type TableInputs = z.infer<typeof tableSchema>;

/**
 * Every table of the topology is created with its keys and indexes, or is the existing one that the stage names. On
 * production it is protected and outlives the stage; elsewhere nothing of that costs anything. Items expire only where the
 * topology says by what.
 */
export const checkTables: Check = (graph, { config, names, isProduction }) => {
  const found = readResources(graph, types.table, tableSchema);
  const looked = graph.resources.flatMap(({ type, lookup }) =>
    type === types.table && lookup !== undefined ? [lookup] : [],
  );
  const existing = Object.values(config.existingTables).filter((name) => name !== undefined);
  const created = Object.entries(names.tables).flatMap(([key, name]) =>
    Object.keys(config.existingTables).includes(key) ? [] : [name],
  );
  return [
    ...findDifferences('the stage', { found: looked, wanted: existing }),
    ...findDifferences('the stage', {
      found: found.map(({ inputs }) => `a new table ${inputs.name}`),
      wanted: created.map((name) => `a new table ${name}`),
    }),
    ...found.flatMap(({ resource, inputs }) => {
      const { name, pointInTimeRecovery, deletionProtectionEnabled } = inputs;
      const definition = Object.values(tables).find((each) => names.nameOf(each.name) === name);
      const isRecoverable = pointInTimeRecovery?.enabled === true;
      return [
        ...(definition ? findWrongTable(inputs, definition) : []).map((each) => `${name}: ${each}`),
        ...(inputs.billingMode === 'PAY_PER_REQUEST' ? [] : [`${name} is not on demand`]),
        ...judgeTtl(inputs, definition).map((each) => `${name}: ${each}`),
        ...judgeBackups(isRecoverable, { isProduction }).map(({ words }) => `${name}: ${words}`),
        ...(isRecoverable && !isProduction ? [`${name}: pays for backups that nothing needs`] : []),
        ...(deletionProtectionEnabled === isProduction
          ? []
          : [`${name}: deletion protection is ${deletionProtectionEnabled}`]),
        ...(resource.isRetained === isProduction
          ? []
          : [`${name}: whether it outlives the stage is ${resource.isRetained}`]),
      ];
    }),
  ];
};

function judgeTtl({ ttl }: TableInputs, definition: TableDefinition | undefined): string[] {
  const found = ttl?.enabled === false ? undefined : ttl?.attributeName;
  return found === definition?.ttl ? [] : [`items expire by ${found ?? 'nothing'}`];
}

/** What a table would be created with, for the judge of tables. */
function toSeenTable(table: TableInputs): SeenTable {
  const typeOf = new Map(table.attributes.map(({ name, type }) => [name, type]));
  const readKeys = ({ hashKey, rangeKey }: { hashKey: string; rangeKey?: string | undefined }) => ({
    partitionKey: { name: hashKey, type: typeOf.get(hashKey) },
    sortKey: rangeKey === undefined ? undefined : { name: rangeKey, type: typeOf.get(rangeKey) },
  });
  return {
    ...readKeys(table),
    indexes: table.globalSecondaryIndexes.map((index) => ({
      ...readKeys(index),
      name: index.name,
      projection: index.projectionType,
    })),
  };
}

function findWrongTable(table: TableInputs, wanted: TableDefinition): string[] {
  return [
    ...judgeTable(toSeenTable(table), wanted).map(({ index, words }) =>
      index === undefined ? words : `the index ${index} ${words}`,
    ),
    ...findDifferences('it', {
      found: table.globalSecondaryIndexes.map(({ name }) => `the index ${name}`),
      wanted: wanted.indexes.map(({ name }) => `the index ${name}`),
    }),
  ];
}
