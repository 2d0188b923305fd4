import {
  familyOf,
  type SampleEvent,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { CliError } from '../../cli-error.ts';
import { namesOrder } from './names-order.ts';
import type { WebhookOptions } from './options.ts';

/** Throws a `CliError` where options do not go together: what would silently mean nothing is a mistake. */
export function checkOptions(event: SampleEvent, options: WebhookOptions): void {
  const family = familyOf(event);
  if (options.refund !== undefined && family !== 'refund') {
    throw new CliError(`--refund goes with refund events, and ${event} is none.`);
  }
  if (options.mandate && family !== 'order') {
    throw new CliError(`--mandate goes with order events, and ${event} is none.`);
  }
  if (options.order !== undefined && !namesOrder(event)) {
    throw new CliError(`--order goes with events about an order, and ${event} names none.`);
  }
  if (options.amount !== undefined && family === 'mandate') {
    throw new CliError(`--amount goes with events about money, and ${event} names none.`);
  }
  const sends = options.times > 1 || options.expect !== undefined || options.json;
  if (options.print && sends) {
    throw new CliError('--print sends nothing: leave out --times, --expect and --json.');
  }
}
