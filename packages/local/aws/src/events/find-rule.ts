import { AwsError } from '../front/aws-error.ts';
import type { Bus, EventsState, Rule } from './events-state.ts';

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
