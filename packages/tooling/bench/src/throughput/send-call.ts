import {
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
} from '@aws-sdk/client-eventbridge';
import {
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Call } from './call.ts';
import { createQueueCalls } from './queue-calls.ts';

/** Sends a recorded call again with bare SDK clients and nothing around them. Throws for a kind it does not know. */
export function createCallSender(): (call: Call) => Promise<unknown> {
  const dynamo = new DynamoDBClient({});
  const events = new EventBridgeClient({});
  const ses = new SESv2Client({});
  const secrets = new SecretsManagerClient({});
  const queues = createQueueCalls(new SQSClient({ useQueueUrlAsEndpoint: false }));
  return ({ service, operation, body }) => {
    switch (`${service}:${operation}`) {
      case 'dynamodb:GetItem':
        return dynamo.send(new GetItemCommand(getItem.parse(body)));
      case 'dynamodb:PutItem':
        return dynamo.send(new PutItemCommand(putItem.parse(body)));
      case 'dynamodb:UpdateItem':
        return dynamo.send(new UpdateItemCommand(updateItem.parse(body)));
      case 'events:PutEvents':
        return events.send(new PutEventsCommand(putEvents.parse(body)));
      case 'ses:SendEmail':
        return ses.send(new SendEmailCommand(sendEmail.parse(body)));
      case 'secretsmanager:GetSecretValue':
        return secrets.send(new GetSecretValueCommand(getSecretValue.parse(body)));
      case 'sqs:ReceiveMessage':
        return queues.receive(body);
      case 'sqs:DeleteMessageBatch':
        return queues.remove(body);
      case 'sqs:ChangeMessageVisibility':
        return queues.postpone(body);
      default:
        throw new Error(`no bare call is written for ${service}:${operation}`);
    }
  };
}

/** What an SDK client sent is what one accepts: the body of these protocols is the command's input. */
const inputOf = <Input>() =>
  z.custom<Input>((body) => typeof body === 'object' && body !== null, 'is no input of a command');

const getItem = inputOf<GetItemCommandInput>();
const putItem = inputOf<PutItemCommandInput>();
const updateItem = inputOf<UpdateItemCommandInput>();
const putEvents = inputOf<PutEventsCommandInput>();
const sendEmail = inputOf<SendEmailCommandInput>();
const getSecretValue = inputOf<GetSecretValueCommandInput>();
