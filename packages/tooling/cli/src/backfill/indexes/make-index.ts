import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../../cli-error.ts';
import { askForIndex } from './ask-for-index.ts';
import type { IndexState } from './index-result.ts';
import { findIndex } from './plan-table.ts';
import type { TablePort } from './table-port.ts';

export interface MakeDependencies {
  tables: TablePort;
  /** Until the next look at the table. */
  wait(): Promise<void>;
  /** What the table is doing, whenever that is something else. */
  note(line: string): void;
  signal: AbortSignal;
}

/** What was asked for must show within so many looks at a table that is doing nothing. */
const MOST_IDLE_LOOKS = 12;

/**
 * Makes an index and resolves once it can be used. A table that is busy is waited for, however long: AWS makes one index
 * at a time. Interrupted, it stops waiting; what was asked for goes on.
 */
export async function makeIndex(
  deps: MakeDependencies,
  tableName: string,
  index: TableDefinition['indexes'][number],
): Promise<IndexState> {
  const { tables, wait, signal } = deps;
  const note = onChange(deps.note);
  let isAsked = false;
  let idleLooks = 0;
  let table = await tables.describe(tableName);
  for (;;) {
    const busy = describeBusy(table);
    const isThere = findIndex(table, index.name) !== undefined;
    if (!busy && isThere) return isAsked ? 'made' : 'there';
    if (signal.aborted) return isThere || isAsked ? 'being made' : 'missing';
    if (!busy && !isAsked) {
      const answer = await askForIndex(tables, tableName, index);
      if (answer === 'not possible here') return answer;
      if (answer !== 'busy') {
        if (!findIndex(answer, index.name)) return 'not possible here';
        isAsked = true;
        table = answer;
        continue;
      }
    }
    if (busy) note(`${tableName}: ${busy}`);
    idleLooks = busy ? 0 : idleLooks + 1;
    if (isAsked && idleLooks > MOST_IDLE_LOOKS) {
      throw new CliError(`AWS took the index ${index.name} of ${tableName}, and does not have it.`);
    }
    await wait();
    table = await tables.describe(tableName);
  }
}

/** What a table is doing that allows no change of its indexes; undefined where it is at rest. */
function describeBusy(table: TableDescription | undefined): string | undefined {
  const indexes = table?.GlobalSecondaryIndexes ?? [];
  const changing = indexes.find(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
  if (changing) return `the index ${changing.IndexName} is ${changing.IndexStatus}`;
  return table?.TableStatus === 'ACTIVE' ? undefined : `the table is ${table?.TableStatus}`;
}

function onChange(note: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) note(line);
    last = line;
  };
}
