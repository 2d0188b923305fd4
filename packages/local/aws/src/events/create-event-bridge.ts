import { performOperation } from '../front/operation.ts';
import { createDeliverer } from './delivery/deliverer.ts';
import type { EventsDependencies } from './dependencies.ts';
import { createBusOperations } from './operations/bus-operations.ts';
import { createPutEvents } from './operations/put-events.ts';
import { createRuleOperations } from './operations/rule-operations.ts';
import { createTargetOperations } from './operations/target-operations.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';

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
