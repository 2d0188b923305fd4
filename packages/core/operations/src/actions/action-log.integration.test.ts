import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OperatorError } from '../operator-error.ts';
import { createActionLog } from './action-log.ts';
import { endOf, keepAction } from './keep-action.ts';

let cloud: TestCloud;
let minute = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

function openLog() {
  const place = {
    dynamo: createDynamoClient(),
    table: cloud.topology.tables.operations.name,
    byTime: defaultIndexNames.operationsByTime,
    byOrder: defaultIndexNames.operationsByOrder,
  };
  minute += 1;
  return createActionLog(place, () => new Date(Date.UTC(2026, 10, 28, 10, minute)));
}

const anna = { actor: 'cli', by: 'user/anna' } as const;

function keep(action: string, target: Record<string, string>, why?: string) {
  const trouble = (error: unknown) => {
    throw error;
  };
  const options = { actionId: crypto.randomUUID(), onTrouble: trouble };
  return keepAction(openLog(), anna, { action, target, why }, options);
}

it('keeps what is about to be done before it is done, and then how it ended', async () => {
  const transactionId = 'txn_begun';
  const begun = await keep('payment repair', { transactionId }, 'the buyer wrote');
  const read = async () => (await openLog().list({ transactionId })).actions;
  const entry = { what: 'payment repair', by: 'user/anna', actor: 'cli', why: 'the buyer wrote' };
  expect(await read()).toMatchObject([{ ...entry, transactionId, outcome: 'BEGUN' }]);
  await begun.end('DONE', { published: 1 });
  await begun.end('DONE', { published: 1 });
  expect(await read()).toMatchObject([{ ...entry, outcome: 'DONE', counts: { published: 1 } }]);
});

it('lists all by time and those of an order by order, the latest first, without addresses', async () => {
  await keep('dlq replay', { queue: 'tiers', reason: 'no user anna@example.com' });
  await keep('refund', { transactionId: 'txn_2' }, 'asked by anna@example.com');
  const { actions } = await openLog().list({});
  expect(actions.map(({ what }) => what)).toEqual(['refund', 'dlq replay', 'payment repair']);
  expect(actions[1]).toMatchObject({
    queue: 'tiers',
    target: { reason: 'no user a***@example.com' },
  });
  expect(JSON.stringify(actions)).not.toContain('anna@');
  expect((await openLog().list({ transactionId: 'txn_2' })).actions).toHaveLength(1);
});

it('goes on with a page where the last one ended, and refuses what no page was given', async () => {
  for (let at = 0; at < 60; at += 1) await keep('reconcile', { scope: `${at}` });
  const first = await openLog().list({});
  const rest = await openLog().list({ cursor: first.nextCursor });
  expect(first.actions).toHaveLength(50);
  expect(rest.nextCursor).toBeUndefined();
  const ids = [...first.actions, ...rest.actions].map(({ actionId }) => actionId);
  expect(new Set(ids).size).toBe(63);
  await expect(openLog().list({ cursor: 'elsewhere' })).rejects.toThrow('check your request');
});

it('tells a refusal, which changed nothing, from what broke off', () => {
  expect(endOf(new OperatorError('No mail of this order is unknown.'))).toBe('REFUSED');
  expect(endOf(new OperatorError('Interrupted.', { isInterrupted: true }))).toBe('FAILED');
  expect(endOf(new Error('DynamoDB did not answer'))).toBe('FAILED');
});
