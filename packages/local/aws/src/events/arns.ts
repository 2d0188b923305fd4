/** Builds the ARNs of buses and rules; rules of the default bus carry no bus name, as on AWS. */
export function createEventsArns(owner: { readonly region: string; readonly accountId: string }) {
  const base = `arn:aws:events:${owner.region}:${owner.accountId}`;
  return {
    bus: (busName: string) => `${base}:event-bus/${busName}`,
    rule: (busName: string, ruleName: string) =>
      `${base}:rule/${busName === 'default' ? '' : `${busName}/`}${ruleName}`,
  };
}

/** The queue's name in an SQS queue ARN of any region and account, or undefined. */
export function readQueueArn(arn: string): string | undefined {
  return /^arn:aws:sqs:[a-z0-9-]+:\d{12}:([A-Za-z0-9_-]{1,80}(?:\.fifo)?)$/.exec(arn)?.[1];
}
