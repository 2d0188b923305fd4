import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';

const targetSchema = z.strictObject({
  id: z.string(),
  arn: z.string(),
  maximumRetryAttempts: z.number().optional(),
  maximumEventAgeInSeconds: z.number().optional(),
  deadLetterArn: z.string().optional(),
});

const ruleSchema = z.strictObject({
  name: z.string(),
  pattern: z.string(),
  state: z.enum(['ENABLED', 'DISABLED']),
  description: z.string().optional(),
  targets: z.array(targetSchema),
});

const busSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  createdAtMs: z.number(),
  rules: z.array(ruleSchema),
});

/** Everything EventBridge keeps: buses with their rules and the rules' targets. */
export const eventsStateSchema = z.strictObject({ buses: z.array(busSchema) });

export type EventsState = z.infer<typeof eventsStateSchema>;
export type Bus = z.infer<typeof busSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type Target = z.infer<typeof targetSchema>;

/** The bus of a name or ARN (no name: `default`); throws `ResourceNotFoundException`. */
export function findBus(state: EventsState, nameOrArn = 'default'): Bus {
  const name = readBusName(nameOrArn);
  const bus = state.buses.find((candidate) => candidate.name === name);
  if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  return bus;
}

/** The rule of a name on a bus; throws `ResourceNotFoundException`. */
export function findRule(bus: Bus, name: string): Rule {
  const rule = bus.rules.find((candidate) => candidate.name === name);
  if (!rule) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Rule ${name} does not exist on EventBus ${bus.name}.`,
    );
  }
  return rule;
}

/** `NAME` of `arn:aws:events:REGION:ACCOUNT:event-bus/NAME`, or the name as it is. */
export function readBusName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

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
