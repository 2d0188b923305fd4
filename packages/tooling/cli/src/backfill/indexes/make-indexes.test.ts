import {
  LimitExceededException,
  ResourceInUseException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { makeIndex } from './make-indexes.ts';

const metadata = { $metadata: {}, message: 'busy' };
const index = { name: 'DayIndex', partitionKey: 'dayShard', sortKey: 'createdAt' };
const bare: TableDescription = { TableStatus: 'ACTIVE' };
const having = (IndexStatus: 'CREATING' | 'ACTIVE' | 'DELETING', IndexName = 'DayIndex') => ({
  TableStatus: IndexStatus === 'CREATING' ? ('UPDATING' as const) : ('ACTIVE' as const),
  GlobalSecondaryIndexes: [{ IndexName, IndexStatus }],
});

/** A table that looks like this, look after look, and answers like that when it is asked for the index. */
function script(
  looks: readonly TableDescription[],
  answers: readonly (TableDescription | Error)[],
) {
  const rest = [...looks];
  const answering = [...answers];
  const said: string[] = [];
  const stop = new AbortController();
  let waits = 0;
  const deps = {
    tables: {
      describe: async () => (rest.length > 1 ? rest.shift() : rest[0]),
      createIndex: async () => {
        said.push('asked');
        const answer = answering.shift();
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    wait: async () => {
      waits += 1;
      if (waits > 50) throw new Error('waits for ever');
      if (waits === stopAfter) stop.abort();
    },
    note: (line: string) => said.push(line),
    signal: stop.signal,
  };
  let stopAfter = 0;
  return {
    said,
    make: (options: { stopAfterWaits?: number } = {}) => {
      stopAfter = options.stopAfterWaits ?? 0;
      return makeIndex(deps, 'orders', index);
    },
  };
}

it('asks once, and is done when the index can be used', async () => {
  const { make, said } = script([bare, having('CREATING'), having('ACTIVE')], [having('CREATING')]);
  expect(await make()).toBe('made');
  expect(said).toEqual(['asked', 'orders: the index DayIndex is CREATING']);
});

it('asks no second time while AWS does not show yet what it took', async () => {
  const { make, said } = script([bare, bare, bare, having('ACTIVE')], [having('CREATING')]);
  expect(await make()).toBe('made');
  expect(said.filter((line) => line === 'asked')).toHaveLength(1);
});

it('says so where AWS took it and never has it', async () => {
  const { make } = script([bare], [having('CREATING')]);
  await expect(make()).rejects.toThrow('AWS took the index DayIndex of orders');
});

it('leaves an index alone that is there, or that another operator has made meanwhile', async () => {
  const { make, said } = script([having('CREATING'), having('ACTIVE')], []);
  expect(await make()).toBe('there');
  expect(said).not.toContain('asked');
});

it.each([
  ['the table is UPDATING', { TableStatus: 'UPDATING' as const }],
  ['the index Other is CREATING', having('CREATING', 'Other')],
  ['the index DayIndex is DELETING', having('DELETING')],
])('waits while %s', async (words, busy) => {
  const { make, said } = script([busy, bare, having('ACTIVE')], [having('ACTIVE')]);
  expect(await make()).toBe('made');
  expect(said).toEqual([`orders: ${words}`, 'asked']);
});

it.each([[new LimitExceededException(metadata)], [new ResourceInUseException(metadata)]])(
  'asks again later where AWS is at another change (%s)',
  async (busy) => {
    const { make, said } = script([bare], [busy, having('ACTIVE')]);
    expect(await make()).toBe('made');
    expect(said).toEqual(['asked', 'asked']);
  },
);

it.each([[bare], [Object.assign(new Error('no'), { name: 'UnknownOperationException' })]])(
  'knows an endpoint that makes no index by its answer %s',
  async (answer) => {
    expect(await script([bare], [answer]).make()).toBe('not possible here');
  },
);

it('passes on what AWS refuses', async () => {
  const refused = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  await expect(script([bare], [refused]).make()).rejects.toThrow(refused);
});

it.each([
  ['missing', [having('CREATING', 'Other')], []],
  ['being made', [bare, having('CREATING')], [having('CREATING')]],
] as const)('interrupted, it says that the index is %s', async (state, looks, answers) => {
  expect(await script(looks, answers).make({ stopAfterWaits: 1 })).toBe(state);
});
