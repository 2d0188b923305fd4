import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyDynamoCall, buildWrite } from './testing/any-dynamo-call.ts';
import { callOfRun, type Target } from './testing/call.ts';
import { report, runs } from './testing/compare.ts';
import { createQuietAws } from './testing/create-quiet-aws.ts';
import { dynaliteDifferences } from './testing/dynalite-differences.ts';
import { createDynamoPair, type DynamoPair } from './testing/dynamo-pair.ts';

let cloud: TestCloud;
let pair: DynamoPair;
beforeAll(async () => {
  cloud = await startTestCloud();
  pair = createDynamoPair(createQuietAws().dynamo, createDynamoClient({ maxAttempts: 1 }));
});
afterAll(() => cloud.stop());

const transactions: Target = {
  table: 'marketplace-payment-transactions',
  partitionKey: 'transactionId',
  index: { name: 'OpenOrdersIndex', partitionKey: 'openShard', sortKey: 'nextCheckAt' },
};
const entitlements: Target = {
  table: 'marketplace-user-solution-entitlements',
  partitionKey: 'pk',
  sortKey: 'sk',
  index: { name: 'TokenIndex', partitionKey: 'token' },
};

let begun = 0;
/** So that no run meets the items of another. */
function nextRun(): string {
  begun += 1;
  return `run${begun}-`;
}

describe('DynamoDB in memory answers as the emulator does', () => {
  const met = new Map<string, number>();
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);

  it.each([
    ['a table with a partition key and a sorted, sparse index', transactions],
    ['a table with a sort key', entitlements],
  ])('to any sequence of calls on %s', async (_what, target) => {
    const anyCalls = fc.array(anyDynamoCall(target), { minLength: 10, maxLength: 40, size: 'max' });
    await fc.assert(
      fc.asyncProperty(anyCalls, async (calls) => {
        const run = nextRun();
        for (const each of calls) {
          const call = callOfRun(each, run);
          const items = pair.itemsMetBy(call, target, run);
          const difference = dynaliteDifferences.find(({ isMetBy }) => isMetBy(call, items));
          if (difference) {
            count(`left out: ${difference.name}`);
            continue;
          }
          const { model, emulator } = await pair.send(call);
          count(`${call.name}: ${'error' in model ? model.error : 'done'}`);
          expect(model, JSON.stringify(call.input)).toEqual(emulator);
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('and met the answers that matter on the way', () => {
    report('DynamoDB', met);
    expect([...met.keys()]).toEqual(
      expect.arrayContaining([
        'GetCommand: done',
        'QueryCommand: done',
        ...['PutCommand', 'UpdateCommand'].flatMap((name) => [
          `${name}: done`,
          `${name}: ConditionalCheckFailedException`,
          `${name}: ValidationException`,
        ]),
      ]),
    );
  });
});

describe('where dynalite is not DynamoDB, the model is, and dynalite still is not:', () => {
  const examples = dynaliteDifferences.flatMap(({ name, isMetBy, example }) =>
    example ? [[name, { isMetBy, example }] as const] : [],
  );

  it.each(examples)('%s', async (_name, { isMetBy, example }) => {
    const key = { transactionId: `${nextRun()}one` };
    const TableName = transactions.table;
    const Item = { ...example.item, ...key };
    await pair.send({ name: 'PutCommand', input: { TableName, Item } });
    const nothing = { set: [], remove: [], add: [], delete: [] };
    const call = buildWrite(
      {
        name: 'UpdateCommand',
        condition: example.condition,
        update: example.update ?? nothing,
        isAliased: () => true,
        spoilt: 'no',
      },
      transactions,
      { Key: key, ReturnValues: 'ALL_NEW' },
    );
    expect(isMetBy(call, pair.itemsMetBy(call, transactions, ''))).toBe(true);
    const { onAws } = example;
    const expected =
      onAws === 'fails'
        ? { error: 'ConditionalCheckFailedException' }
        : onAws === 'ValidationException'
          ? { error: onAws }
          : { answer: { Attributes: { ...Item, ...(onAws === 'holds' ? {} : onAws) } } };
    if (example.endsDynalite) {
      expect(await pair.askModel(call)).toEqual(expected);
      return;
    }
    const { model, emulator } = await pair.send(call);
    expect(model).toEqual(expected);
    expect(emulator).not.toEqual(expected);
  });
});

describe('pages of a query', () => {
  const Item = (run: string, at: number, body: string) => ({
    transactionId: `${run}${at}`,
    openShard: run,
    nextCheckAt: String(at).padStart(4, '0'),
    body,
  });
  const query = (run: string, more: Record<string, unknown>) => ({
    name: 'QueryCommand',
    input: {
      TableName: transactions.table,
      IndexName: 'OpenOrdersIndex',
      KeyConditionExpression: 'openShard = :run',
      ExpressionAttributeValues: { ':run': run },
      ...more,
    },
  });

  it.each([
    ['by Limit, forwards', 11, 'small', { Limit: 3 }],
    ['by Limit, backwards', 11, 'small', { Limit: 3, ScanIndexForward: false }],
    ['by Limit, of which the last page is full', 9, 'small', { Limit: 3 }],
  ])('come out the same %s', async (_what, count, body, more) => {
    const run = nextRun();
    for (let at = 0; at < count; at += 1) {
      const input = { TableName: transactions.table, Item: Item(run, at, body) };
      await pair.send({ name: 'PutCommand', input });
    }
    let after: unknown;
    let pages = 0;
    do {
      const start = after === undefined ? {} : { ExclusiveStartKey: after };
      const { model, emulator } = await pair.send(query(run, { ...more, ...start }));
      expect(model).toEqual(emulator);
      after = 'answer' in model ? lastKeyOf(model.answer) : undefined;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBe(4);
  });
});

function lastKeyOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'LastEvaluatedKey' in answer
    ? answer.LastEvaluatedKey
    : undefined;
}
