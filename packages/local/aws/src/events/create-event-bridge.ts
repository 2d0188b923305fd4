import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';
import { defineOperation, paginate, performOperation } from '../front/operation.ts';
import { createDeliverer } from './deliverer.ts';
import type { EventsDependencies } from './dependencies.ts';
import { type Bus, createEventsArns, findBus, readBusName } from './events-state.ts';
import { testEventPattern } from './pattern/compile-pattern.ts';
import { createPutEvents } from './put-events.ts';
import { busName, createRuleOperations, createTargetOperations, pageInput } from './rules.ts';

/** EventBridge's custom buses, rules with event patterns, and SQS targets. */
export type EventBridge = {
  /** Performs one operation; `isFailing` names PutEvents entries that are to fail. */
  perform(operation: string, input: unknown, isFailing?: (index: number) => boolean): object;
  /** Delivers what is under way at once. */
  drain(): void;
};

/** Creates EventBridge over its kept state; the bus `default` always exists. */
export function createEventBridge(dependencies: EventsDependencies): EventBridge {
  const { state, nowMs } = dependencies;
  if (!state.buses.some((bus) => bus.name === 'default')) {
    state.buses.push({ name: 'default', createdAtMs: nowMs(), rules: [] });
  }
  const deliverer = createDeliverer(dependencies);
  const putEvents = createPutEvents(dependencies, deliverer.deliver);
  const operations = {
    ...createBusOperations(dependencies),
    ...createRuleOperations(dependencies),
    ...createTargetOperations(dependencies),
    PutEvents: putEvents(() => false),
    TestEventPattern: testEventPattern,
  };
  return {
    perform: (operation, input, isFailing) =>
      operation === 'PutEvents' && isFailing
        ? putEvents(isFailing)(input)
        : performOperation(operations, operation, input),
    drain: () => deliverer.drain(),
  };
}

/** CreateEventBus, DeleteEventBus, DescribeEventBus and ListEventBuses. */
function createBusOperations({ state, save, nowMs, ...owner }: EventsDependencies) {
  const arns = createEventsArns(owner);
  const describe = (bus: Bus) => ({
    Name: bus.name,
    Arn: arns.bus(bus.name),
    ...(bus.description !== undefined && { Description: bus.description }),
    CreationTime: bus.createdAtMs / 1000,
    LastModifiedTime: bus.createdAtMs / 1000,
  });
  return {
    CreateEventBus: defineOperation(
      z.strictObject({ Name: busName, Description: z.string().max(512).optional() }),
      ({ Name, Description }) => {
        if (state.buses.some((bus) => bus.name === Name)) {
          throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
        }
        state.buses.push({ name: Name, description: Description, createdAtMs: nowMs(), rules: [] });
        save();
        return { EventBusArn: arns.bus(Name), ...(Description !== undefined && { Description }) };
      },
    ),
    DeleteEventBus: defineOperation(z.strictObject({ Name: z.string() }), ({ Name }) => {
      const name = readBusName(Name);
      const bus = state.buses.find((candidate) => candidate.name === name);
      if (name === 'default') {
        throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      }
      if (bus && bus.rules.length > 0) {
        throw new AwsError(
          'ValidationException',
          `Event bus ${name} can't be deleted since it has rules.`,
        );
      }
      state.buses = state.buses.filter((candidate) => candidate !== bus);
      save();
      return {};
    }),
    DescribeEventBus: defineOperation(z.strictObject({ Name: z.string().optional() }), ({ Name }) =>
      describe(findBus(state, Name)),
    ),
    ListEventBuses: defineOperation(pageInput, ({ NamePrefix = '', Limit = 100, NextToken }) => {
      const buses = state.buses.filter((bus) => bus.name.startsWith(NamePrefix));
      const page = paginate(buses, Limit, NextToken);
      return { EventBuses: page.items.map(describe), NextToken: page.nextToken };
    }),
  };
}
