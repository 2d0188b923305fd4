/** The account and region that everything in memory is in: the same as on the local endpoint. */
export const account = { id: '000000000000', region: 'us-east-1' } as const;

export function queueArn(name: string): string {
  return `arn:aws:sqs:${account.region}:${account.id}:${name}`;
}

export function queueUrl(name: string): string {
  return `https://sqs.${account.region}.amazonaws.com/${account.id}/${name}`;
}

/** The name in a queue's url or ARN, of any host. */
export function queueNameOf(urlOrArn: string): string {
  return urlOrArn.slice(Math.max(urlOrArn.lastIndexOf('/'), urlOrArn.lastIndexOf(':')) + 1);
}

export function ruleArn(busName: string, ruleName: string): string {
  return `arn:aws:events:${account.region}:${account.id}:rule/${busName}/${ruleName}`;
}

/** Ids like UUIDs, each once, and the same in every run: no chance in them. */
export function createIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}
