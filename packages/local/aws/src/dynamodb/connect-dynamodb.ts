import { createHash, randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { Answer } from '../front/answer.ts';
import { AwsError } from '../front/aws-error.ts';
import type { DynamoDbBackend } from './start-dynamodb.ts';

/**
 * Takes the tables from a DynamoDB that runs elsewhere, such as Amazon's own DynamoDB Local: the other services stay
 * embedded, and faults, the record of calls and the one endpoint work as before.
 *
 * DynamoDB Local keeps tables apart by the caller's access key. Each cloud gets one of its own, and a kept one (`path`)
 * always the same.
 */
export function connectDynamoDb(url: string, path: string | undefined): DynamoDbBackend {
  const agent = new Agent({ keepAlive: true });
  const key = path === undefined ? randomUUID() : createHash('sha256').update(path).digest('hex');
  const accessKey = key.replaceAll('-', '').slice(0, 20);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;
  const pending = new Set<Promise<unknown>>();
  return {
    answer: (operation, body) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization,
      };
      const answer = forward(url, { agent, headers, body });
      const settled = answer
        .catch(() => undefined)
        .then(() => {
          pending.delete(settled);
        });
      pending.add(settled);
      return answer;
    },
    stop: async () => {
      await Promise.all(pending);
      agent.destroy();
    },
  };
}

function forward(
  url: string,
  { agent, headers, body }: { agent: Agent; headers: Record<string, string>; body: Buffer },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = ({ message }: Error) =>
      reject(
        new AwsError('ServiceUnavailable', `no answer of DynamoDB at ${url}: ${message}`, 503),
      );
    const outgoing = httpRequest(url, { method: 'POST', agent, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', fail);
      incoming.once('end', () => {
        const contentType = incoming.headers['content-type'] ?? headers['content-type'] ?? '';
        resolve({
          status: incoming.statusCode ?? 500,
          headers: { 'content-type': contentType },
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.once('error', fail);
    outgoing.end(body);
  });
}
