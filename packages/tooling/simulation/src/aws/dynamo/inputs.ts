import * as z from 'zod';
import { readerOf } from '../inputs.ts';
import { invalid } from './errors.ts';

const record = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const names = z.custom<Record<string, string>>((value) => record.safeParse(value).success);

const table = { TableName: z.string().min(1) };
const aliases = {
  ExpressionAttributeNames: names.optional(),
  ExpressionAttributeValues: record.optional(),
};
const condition = {
  ...aliases,
  ConditionExpression: z.string().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
};
const reading = {
  ConsistentRead: z.boolean().optional(),
  ProjectionExpression: z.string().optional(),
  ExpressionAttributeNames: names.optional(),
};

/** What the model takes of each command. What it does not list is refused, not passed over. */
const schemas = {
  GetCommand: z.strictObject({ ...table, ...reading, Key: record }),
  PutCommand: z.strictObject({
    ...table,
    ...condition,
    Item: record,
    ReturnValues: z.enum(['NONE', 'ALL_OLD']).optional(),
  }),
  UpdateCommand: z.strictObject({
    ...table,
    ...condition,
    Key: record,
    UpdateExpression: z.string().optional(),
    ReturnValues: z.enum(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW']).optional(),
  }),
  DeleteCommand: z.strictObject({
    ...table,
    ...condition,
    Key: record,
    ReturnValues: z.enum(['NONE', 'ALL_OLD']).optional(),
  }),
  QueryCommand: z.strictObject({
    ...table,
    ...reading,
    ...aliases,
    IndexName: z.string().optional(),
    KeyConditionExpression: z.string().optional(),
    FilterExpression: z.string().optional(),
    Limit: z.int().min(1).optional(),
    ScanIndexForward: z.boolean().optional(),
    ExclusiveStartKey: record.optional(),
    Select: z
      .enum(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'])
      .optional(),
  }),
  BatchGetCommand: z.strictObject({
    RequestItems: z.record(
      z.string(),
      z.strictObject({ ...reading, Keys: z.array(record).min(1) }),
    ),
  }),
  BatchWriteCommand: z.strictObject({
    RequestItems: z.record(
      z.string(),
      z
        .array(
          z.union([
            z.strictObject({ PutRequest: z.strictObject({ Item: record }) }),
            z.strictObject({ DeleteRequest: z.strictObject({ Key: record }) }),
          ]),
        )
        .min(1),
    ),
  }),
};

type Schemas = typeof schemas;
export type Input<Name extends keyof Schemas> = z.output<Schemas[Name]>;

const refuse = (problem: string) => invalid(`1 validation error detected: ${problem}`);

/** Names and types, and the values of what is no table, no expression and no map. */
function shapeOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return typeof input;
  let shape = '';
  for (const [name, value] of Object.entries(input)) {
    const isText = texts.has(name) && typeof value === 'string' && value !== '';
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    shape += `${name} ${isText ? 'text' : isMap ? 'map' : String(value)}\n`;
  }
  return shape;
}

const texts: ReadonlySet<string> = new Set([
  'TableName',
  'IndexName',
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
]);

/** Each reads one command's input. Throws ValidationException for what DynamoDB refuses. */
export const inputs = {
  GetCommand: readerOf('GetCommand', schemas.GetCommand, refuse, shapeOf),
  PutCommand: readerOf('PutCommand', schemas.PutCommand, refuse, shapeOf),
  UpdateCommand: readerOf('UpdateCommand', schemas.UpdateCommand, refuse, shapeOf),
  DeleteCommand: readerOf('DeleteCommand', schemas.DeleteCommand, refuse, shapeOf),
  QueryCommand: readerOf('QueryCommand', schemas.QueryCommand, refuse, shapeOf),
  BatchGetCommand: readerOf('BatchGetCommand', schemas.BatchGetCommand, refuse),
  BatchWriteCommand: readerOf('BatchWriteCommand', schemas.BatchWriteCommand, refuse),
};
