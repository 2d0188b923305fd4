import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DynamoModel, Item } from '../dynamo.ts';
import type { Call, Target } from './call.ts';
import { type Outcome, outcomeOf } from './compare.ts';

/** DynamoDB in memory beside dynalite: each call is made of both. */
export interface DynamoPair {
  send(call: Pick<Call, 'name' | 'input'>): Promise<{ model: Outcome; emulator: Outcome }>;
  /** For what the emulator does not survive. */
  askModel(call: Pick<Call, 'name' | 'input'>): Promise<Outcome>;
  /** The items that a call meets, as they are before it. */
  itemsMetBy(call: Call, target: Target, run: string): Item[];
}

export function createDynamoPair(model: DynamoModel, client: DynamoDBDocumentClient): DynamoPair {
  return {
    send: async ({ name, input }) => ({
      model: inOneOrder(await outcomeOf(() => model.execute(name, input))),
      emulator: inOneOrder(await outcomeOf(() => sendReal(client, name, input))),
    }),
    askModel: ({ name, input }) => outcomeOf(() => model.execute(name, input)),
    itemsMetBy: ({ name, input }, target, run) => {
      if (name === 'QueryCommand') {
        const isOfRun = (item: Item) => String(item[target.partitionKey]).startsWith(run);
        return [...model.items(target.table)].filter(isOfRun);
      }
      const given = readRecord(input.Key ?? input.Item);
      const key: Record<string, string> = {};
      for (const keyName of [target.partitionKey, ...(target.sortKey ? [target.sortKey] : [])]) {
        const part = given[keyName];
        if (typeof part === 'string') key[keyName] = part;
      }
      return [model.peek(target.table, key) ?? {}];
    },
  };
}

/** The client passes on what it is given, right or wrong, and what is wrong is compared too: nothing is checked here. */
const asGiven = z.custom<
  ConstructorParameters<typeof GetCommand>[0] &
    ConstructorParameters<typeof PutCommand>[0] &
    ConstructorParameters<typeof UpdateCommand>[0] &
    ConstructorParameters<typeof DeleteCommand>[0] &
    ConstructorParameters<typeof QueryCommand>[0] &
    ConstructorParameters<typeof BatchGetCommand>[0] &
    ConstructorParameters<typeof BatchWriteCommand>[0]
>();

function sendReal(client: DynamoDBDocumentClient, name: string, input: object): Promise<unknown> {
  const given = asGiven.parse(input);
  switch (name) {
    case 'GetCommand':
      return client.send(new GetCommand(given));
    case 'PutCommand':
      return client.send(new PutCommand(given));
    case 'UpdateCommand':
      return client.send(new UpdateCommand(given));
    case 'DeleteCommand':
      return client.send(new DeleteCommand(given));
    case 'QueryCommand':
      return client.send(new QueryCommand(given));
    case 'BatchGetCommand':
      return client.send(new BatchGetCommand(given));
    case 'BatchWriteCommand':
      return client.send(new BatchWriteCommand(given));
    default:
      throw new Error(`no command of the document client: ${name}`);
  }
}

/** Where DynamoDB promises no order among items, none is compared. */
function inOneOrder(outcome: Outcome): Outcome {
  if (!('answer' in outcome)) return outcome;
  const answer = readRecord(outcome.answer);
  const Responses = Object.entries(readRecord(answer.Responses)).map(
    ([table, items]) => [table, sorted(items)] as const,
  );
  return {
    answer: {
      ...answer,
      ...(answer.Items ? { Items: sorted(answer.Items) } : {}),
      ...(answer.Responses ? { Responses: Object.fromEntries(Responses) } : {}),
    },
  };
}

function sorted(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item) => JSON.stringify(item)).sort();
}

function readRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
