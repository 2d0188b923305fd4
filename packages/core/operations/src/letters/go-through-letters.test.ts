import { once } from 'node:events';
import { createServer } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { goThroughLetters } from './go-through-letters.ts';

/** A queue that answers these letters, one batch after the other, and the last batch for ever. */
async function startQueue(batches: readonly (readonly string[])[]) {
  let received = 0;
  const server = createServer((request, response) => {
    if (!String(request.headers['x-amz-target']).endsWith('ReceiveMessage'))
      return response.end('{}');
    const batch = batches[Math.min(received, batches.length - 1)] ?? [];
    received += 1;
    const Messages = batch.map((MessageId) => ({
      MessageId,
      ReceiptHandle: `handle of ${MessageId}`,
      Body: '{}',
      Attributes: { SentTimestamp: '1769853600000' },
    }));
    return response.end(JSON.stringify({ Messages }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const sqs = new SQSClient({
    endpoint,
    useQueueUrlAsEndpoint: false,
    md5: false,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const queue = {
    name: 'tiers',
    deadLetterUrl: `${endpoint}/000000000000/dead`,
    liveUrl: undefined,
  };
  return {
    source: { sqs, queue, subscribers: {} },
    stop: () => {
      sqs.destroy();
      server.close();
    },
  };
}

async function walk(batches: readonly (readonly string[])[]): Promise<string[]> {
  const { source, stop } = await startQueue(batches);
  const seen: string[] = [];
  const options = {
    signal: new AbortController().signal,
    visibilitySeconds: 30,
    workers: 1,
  };
  await goThroughLetters(
    source,
    async (letters) => {
      seen.push(...letters.map(({ messageId }) => messageId));
      return letters;
    },
    options,
  ).finally(stop);
  return seen;
}

it('does not take letters that it holds already for the end of the queue', async () => {
  expect(await walk([['a', 'b'], ['a'], ['b'], ['a', 'b'], ['c'], []])).toEqual(['a', 'b', 'c']);
});

it('ends where the letters that it holds come again and again', async () => {
  expect(
    await walk([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toEqual(['a', 'b']);
});
