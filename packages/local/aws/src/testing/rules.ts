import {
  CreateEventBusCommand,
  type EventBridgeClient,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';

/** Creates a bus. */
export async function createBus(events: EventBridgeClient, name: string): Promise<void> {
  await events.send(new CreateEventBusCommand({ Name: name }));
}

/** Creates or replaces a rule, and adds targets to it. */
export async function createRule(
  events: EventBridgeClient,
  busName: string,
  ruleName: string,
  pattern: object,
  targets: Target[],
): Promise<void> {
  const EventPattern = JSON.stringify(pattern);
  await events.send(new PutRuleCommand({ Name: ruleName, EventBusName: busName, EventPattern }));
  if (targets.length === 0) return;
  await events.send(
    new PutTargetsCommand({ Rule: ruleName, EventBusName: busName, Targets: targets }),
  );
}

/** An entry of source `shop` and type `Paid`, unless the changes say otherwise. */
export function buildEntry(
  busName: string,
  changes: Partial<PutEventsRequestEntry>,
): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: 'shop',
    DetailType: 'Paid',
    Detail: '{}',
    ...changes,
  };
}
