import * as z from 'zod';

/** The queue's name in a queue URL of any host and account, or in a bare name. */
export function readQueueName(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}

/** The queue that a request is sent to, as in `POST /000000000000/orders`: the query protocol names it so. */
export function findQueueInPath(url: string): string | undefined {
  return /^(\/\d{12}\/[\w.-]+)\/?(\?|$)/.exec(url)?.[1];
}

/** The URL under which any SDK or command line on this machine reaches the queue. */
export function buildQueueUrl(endpoint: string, accountId: string, queueName: string): string {
  return `${endpoint}/${accountId}/${queueName}`;
}

/** Replaces the queue URLs in an answer by ones that work on this endpoint. */
export function rewriteQueueUrls(body: string, toPublicUrl: (queueUrl: string) => string): string {
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
