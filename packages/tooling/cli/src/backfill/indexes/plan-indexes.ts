import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../../cli-error.ts';
import type { IndexResult } from './index-result.ts';
import { planTable } from './plan-table.ts';
import type { TablePort } from './table-port.ts';

export interface IndexPlan {
  indexes: IndexResult[];
  /** Rows by table, as AWS counted them in the last hours. */
  rowCounts: ReadonlyMap<string, number>;
}

/** Looks at every table, and throws a `CliError` with all that a person must put right before anything is changed. */
export async function planIndexes(
  port: TablePort,
  tables: readonly TableDefinition[],
): Promise<IndexPlan> {
  const found = await Promise.all(tables.map(({ name }) => port.describe(name)));
  const plans = tables.map((table, at) => planTable(found[at], table));
  const problems = plans.flatMap((plan) => plan.problems);
  if (problems.length > 0) {
    throw new CliError(`Nothing was changed: ${problems.join('; ')}.`);
  }
  const counts = tables.map(({ name }, at) => [name, found[at]?.ItemCount ?? 0] as const);
  return { indexes: plans.flatMap((plan) => plan.indexes), rowCounts: new Map(counts) };
}
