import * as z from 'zod';
import { AwsError } from '../../front/aws-error.ts';
import { defineOperation } from '../../front/operation.ts';
import { paginate } from '../../front/paginate.ts';
import { createEventsArns } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Bus } from '../events-state.ts';
import { findBus, readBusName } from '../find-rule.ts';
import { busName, pageInput } from './inputs.ts';

/** CreateEventBus, DeleteEventBus, DescribeEventBus and ListEventBuses. */
export function createBusOperations({ state, save, nowMs, ...owner }: EventsDependencies) {
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
