import type { FauxqsServer } from 'fauxqs';
import * as z from 'zod';
import type { Answer } from '../front/answer.ts';
import { checkQueueAttributes } from './check-queue-attributes.ts';
import { startFauxqsInProcess } from './fauxqs-in-process.ts';

/** An SQS engine that is called in-process. */
export type SqsBackend = {
  answer(operation: string, input: unknown, signal: AbortSignal): Promise<Answer>;
  /** Puts a message into a queue by name; throws if the queue is missing or refuses it. */
  send: FauxqsServer['sendMessage'];
  /** Messages of a queue, exact at this moment; undefined where there is no such queue. */
  count(queueUrl: string): MessageCounts | undefined;
  /** Ends long polls at once and closes the store. */
  stop(): Promise<void>;
};

export type MessageCounts = {
  /** Can be received now. */
  readonly visible: number;
  /** Delayed, being worked on, or left alone until a retry's time has come. */
  readonly hidden: number;
};

/** Starts fauxqs, in memory or with its SQLite file in `dataDir`. */
export async function startSqs(options: {
  readonly region: string;
  readonly accountId: string;
  readonly dataDir: string | undefined;
  /** The public endpoint; known only after the front listens. */
  readonly endpoint: () => string;
}): Promise<SqsBackend> {
  const { server, inject } = await startFauxqsInProcess(options);
  const toPublicUrl = (queueUrl: string) =>
    buildQueueUrl(options.endpoint(), options.accountId, readQueueName(queueUrl));
  // fauxqs keeps queues per region of the signature: one fixed region makes every caller's
  // configured region see the same queues.
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${options.region}/sqs/aws4_request`;

  const call = async (operation: string, input: unknown): Promise<Answer> => {
    const answer = await inject({
      method: 'POST',
      url: '/',
      headers: {
        host: 'localhost',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
        authorization,
      },
      payload: JSON.stringify(toLocalInput(input)),
    });
    return {
      status: answer.statusCode,
      headers: pickHeaders(answer.headers),
      body:
        answer.statusCode === 200 && operationsWithQueueUrl.has(operation)
          ? rewriteQueueUrls(answer.payload, toPublicUrl)
          : answer.payload,
    };
  };

  const ownArnPrefix = `arn:aws:sqs:${options.region}:${options.accountId}:`;
  const hasQueue = (queueName: string) => server.inspectQueue(queueName) !== undefined;

  return {
    answer: async (operation, input, signal) => {
      checkQueueAttributes(operation, input, hasQueue, ownArnPrefix);
      const answer = await call(operation, input);
      // fauxqs goes on polling for a caller that has left; SQS would keep the messages visible.
      if (operation === 'ReceiveMessage' && answer.status === 200 && signal.aborted) {
        const unseen = buildReturnInput(input, answer.body.toString());
        if (unseen) await call('ChangeMessageVisibilityBatch', unseen);
      }
      return answer;
    },
    send: server.sendMessage,
    count: (queueUrl) => {
      const messages = server.inspectQueue(readQueueName(queueUrl))?.messages;
      return (
        messages && {
          visible: messages.ready.length,
          hidden: messages.delayed.length + messages.inflight.length,
        }
      );
    },
    stop: () => server.stop(),
  };
}

const operationsWithQueueUrl = new Set(['CreateQueue', 'GetQueueUrl', 'ListQueues']);

/** Reduces an incoming queue URL to its name: host, account and region of the caller are free. */
function toLocalInput(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('QueueUrl' in input)) return input ?? {};
  if (typeof input.QueueUrl !== 'string') return input;
  return { ...input, QueueUrl: `http://localhost/000000000000/${readQueueName(input.QueueUrl)}` };
}

function pickHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const picked: Record<string, string> = { 'content-type': 'application/x-amz-json-1.0' };
  const queryError = headers['x-amzn-query-error'];
  if (typeof queryError === 'string') {
    picked['x-amzn-query-error'] = repairQueryError(queryError);
  }
  const requestId = headers['x-amz-request-id'];
  if (typeof requestId === 'string') picked['x-amzn-requestid'] = requestId;
  return picked;
}

/** The queue's name in a queue URL of any host and account, or in a bare name. */
function readQueueName(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}

/** The URL under which any SDK or command line on this machine reaches the queue. */
function buildQueueUrl(endpoint: string, accountId: string, queueName: string): string {
  return `${endpoint}/${accountId}/${queueName}`;
}

/** Replaces the queue URLs in an answer by ones that work on this endpoint. */
function rewriteQueueUrls(body: string, toPublicUrl: (queueUrl: string) => string): string {
  const answer = queueUrlAnswer.parse(JSON.parse(body));
  return JSON.stringify({
    ...answer,
    ...(answer.QueueUrl !== undefined && { QueueUrl: toPublicUrl(answer.QueueUrl) }),
    ...(answer.QueueUrls !== undefined && { QueueUrls: answer.QueueUrls.map(toPublicUrl) }),
  });
}

const queueUrlAnswer = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueUrls: z.array(z.string()).optional(),
});

/**
 * The input of ChangeMessageVisibilityBatch that makes received messages visible again, or
 * undefined if the answer of ReceiveMessage holds none.
 */
function buildReturnInput(receiveInput: unknown, receiveAnswer: string): object | undefined {
  const { QueueUrl } = queueInput.parse(receiveInput);
  const { Messages = [] } = receivedAnswer.parse(JSON.parse(receiveAnswer));
  if (Messages.length === 0) return undefined;
  return {
    QueueUrl,
    Entries: Messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    })),
  };
}

const queueInput = z.object({ QueueUrl: z.string() });

const receivedAnswer = z.object({
  Messages: z.array(z.object({ ReceiptHandle: z.string() })).optional(),
});

/**
 * Names an error as SQS's query protocol does, in the form `CODE;Sender`. fauxqs puts the prefix
 * before every code; SQS only before some, and SDKs take the code for the error's name.
 */
function repairQueryError(header: string): string {
  const [code = '', fault = 'Sender'] = header.split(';', 2);
  const plainCode = code.replace(prefix, '');
  if (plainCode === 'QueueNameExists') return `QueueAlreadyExists;${fault}`;
  return `${prefixedCodes.has(plainCode) ? prefix : ''}${plainCode};${fault}`;
}

const prefix = 'AWS.SimpleQueueService.';

/** The codes that carry the prefix in AWS's service model. */
const prefixedCodes = new Set([
  'BatchEntryIdsNotDistinct',
  'BatchRequestTooLong',
  'EmptyBatchRequest',
  'InvalidBatchEntryId',
  'MessageNotInflight',
  'NonExistentQueue',
  'PurgeQueueInProgress',
  'QueueDeletedRecently',
  'TooManyEntriesInBatchRequest',
  'UnsupportedOperation',
]);
