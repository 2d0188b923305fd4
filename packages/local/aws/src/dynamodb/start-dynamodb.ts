import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import dynalite, { type DynaliteServer } from 'dynalite';
import type { Answer } from '../front/answer.ts';
import { AwsError } from '../front/aws-error.ts';
import { readChangingTable } from './read-changing-table.ts';

/** A DynamoDB engine that is called in-process. */
export type DynamoDbBackend = {
  answer(operation: string, body: Buffer): Promise<Answer>;
  /** Waits for the calls under way, then closes the store. */
  stop(): Promise<void>;
};

/** Starts dynalite, in memory or on a LevelDB directory. Tables are ACTIVE at once. */
export async function startDynamoDb(path: string | undefined): Promise<DynamoDbBackend> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(path !== undefined && { path }),
  });
  // Requests never come this way, but dynalite closes its store only if it has listened.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pending = new Set<Promise<void>>();
  const store = { isOpen: true };
  return {
    answer: (operation, body) => {
      // A closed store would throw out of the process.
      if (!store.isOpen) throw new AwsError('ServiceUnavailable', 'The endpoint is stopping', 503);
      const answer = operation.endsWith('Table')
        ? settleTable(server, dispatch(server, operation, body))
        : dispatch(server, operation, body);
      const settled = answer.then(ignore, ignore).then(() => void pending.delete(settled));
      pending.add(settled);
      return answer;
    },
    stop: async () => {
      store.isOpen = false;
      await Promise.all(pending);
      await new Promise<void>((resolve, reject) =>
        server.close((error) => (error ? reject(error) : resolve())),
      );
    },
  };
}

/** Answers a change of a table when it is done, so that nobody has to wait and ask again. */
async function settleTable(server: DynaliteServer, answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering;
  const tableName = readChangingTable(answer);
  if (tableName === undefined) return answer;
  const describe = Buffer.from(JSON.stringify({ TableName: tableName }));
  let settled = await dispatch(server, 'DescribeTable', describe);
  while (readChangingTable(settled) !== undefined) {
    await delay(2);
    settled = await dispatch(server, 'DescribeTable', describe);
  }
  return answer;
}

/**
 * Hands a request to dynalite's listener without a socket. A real request must not be passed on:
 * dynalite throws out of the process when its caller hangs up.
 */
function dispatch(server: DynaliteServer, operation: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const request = Object.assign(new EventEmitter(), {
      method: 'POST',
      url: '/',
      headers: { ...fixedHeaders, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    });
    const headers: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: string | number) => {
        const lowerCased = name.toLowerCase();
        if (lowerCased !== 'content-length') headers[lowerCased] = String(value);
      },
      end: (answer = '') => resolve({ status: response.statusCode, headers, body: answer }),
    };
    server.emit('request', request, response);
    if (body.length > 0) request.emit('data', body);
    request.emit('end');
  });
}

function ignore(): void {}

/** Any signature is accepted, but dynalite insists that there is one. */
const fixedHeaders = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
} as const;
