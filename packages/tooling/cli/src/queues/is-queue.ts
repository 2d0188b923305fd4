import { nameInUrl } from './stage-queues.ts';

/** Whether an ARN is that of a queue: of its name and, as far as the queue's url says them, its account and region. */
export function isQueue(arn: string, url: string): boolean {
  const [, , , region, account] = arn.split(':');
  const [, host = '', owner] = /^\w+:\/\/([^/]*)\/(\d{12})\/[^/]+$/.exec(url) ?? [];
  const [, place] = /^sqs\.([a-z0-9-]+)\.amazonaws\./.exec(host) ?? [];
  return (
    nameInUrl(arn) === nameInUrl(url) &&
    (owner === undefined || account === owner) &&
    (place === undefined || region === place)
  );
}
