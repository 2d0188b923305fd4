import type { FauxqsServer } from 'fauxqs';
import type { Answer } from '../front/answer.ts';
import { checkQueueAttributes } from './check-queue-attributes.ts';
import { startFauxqsInProcess } from './fauxqs-in-process.ts';
import { buildQueueUrl, readQueueName, rewriteQueueUrls } from './queue-url.ts';
import { repairQueryError } from './repair-query-error.ts';
import { buildReturnInput } from './return-messages.ts';

/** An SQS engine that is called in-process. */
export type SqsBackend = {
  answer(operation: string, input: unknown, signal: AbortSignal): Promise<Answer>;
  /** Puts a message into a queue by name; throws if the queue is missing or refuses it. */
  send: FauxqsServer['sendMessage'];
  /** Ends long polls at once and closes the store. */
  stop(): Promise<void>;
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
