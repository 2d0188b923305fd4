import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { createTestMarketplace } from '@cloudnestle/dev/testing/test-marketplace';
import { tables } from '@cloudnestle/topology/tables';
import type { TableDefinition, TableKey } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { runPayments } from '../../testing/run-payments.ts';
import { createOldTables, type Index, type Wanted } from './old-tables.ts';

const leftSchema = z.array(z.strictObject({ transactionId: z.string(), reason: z.string() }));

const resultSchema = z.object({
  dryRun: z.boolean(),
  indexes: z.array(
    z.object({
      table: z.string(),
      index: z.string(),
      state: z.string(),
      blockedBy: z
        .array(z.object({ attribute: z.string(), rows: z.number(), examples: z.array(z.string()) }))
        .optional(),
    }),
  ),
  rows: z.object({
    looked: z.number(),
    complete: z.number(),
    given: z.number(),
    opened: z.number(),
    noted: z.number(),
    granted: z.number(),
    withoutAccess: z.array(z.string()),
    paidAgain: z.array(z.string()),
    needPerson: z.number(),
    unreadable: leftSchema,
    refused: leftSchema,
    undecided: z.object({ count: z.number(), from: z.string().optional() }),
  }),
  brokenOff: z.string().optional(),
});

/** A stage with tables of an earlier system, and the command beside it. */
export async function startSubject() {
  const run: LocalRun = await startTestRun({
    demoData: false,
  });
  const old = createOldTables(run);
  const marketplace = createTestMarketplace(run);
  return {
    run,
    old,
    marketplace,
    backfill: (...args: string[]) => runPayments(run, ['backfill', ...args]),
    payments: (...args: string[]) => runPayments(run, args),
    /** Does it without asking, as fast as it can, and reads the result. */
    async work(...args: string[]) {
      const flags = ['--yes', '--rate', '100000', '--json', ...args];
      const { exitCode, stdout, stderr } = await runPayments(run, ['backfill', ...flags]);
      return { exitCode, stderr, ...resultSchema.parse(JSON.parse(stdout)) };
    },
    /** Writes a table anew, with the topology's indexes where nothing is said of them. */
    rebuild: (table: TableKey, wanted: Wanted) =>
      old.rebuild(tables[table].name, { indexes: tables[table].indexes.map(toIndex), ...wanted }),
    /** All that the tables are and hold. */
    async picture(): Promise<unknown> {
      const keys = ['transactions', 'users', 'entitlements', 'checkouts'] as const;
      return Promise.all(
        keys.map(async (key) => ({
          table: await old.describe(tables[key].name),
          rows: await old.rows(key),
        })),
      );
    },
    async stop(): Promise<void> {
      old.stop();
      marketplace.stop();
      await run.stop();
    },
  };
}
export type Subject = Awaited<ReturnType<typeof startSubject>>;

function toIndex({ name, partitionKey, sortKey }: TableDefinition['indexes'][number]): Index {
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' as const }]),
    ],
    Projection: { ProjectionType: 'ALL' },
  };
}
