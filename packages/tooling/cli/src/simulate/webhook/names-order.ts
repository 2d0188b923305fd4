import {
  familyOf,
  type SampleEvent,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';

/** Whether such a webhook says which order it is about. */
export function namesOrder(event: SampleEvent): boolean {
  const family = familyOf(event);
  return family !== 'settlement' && family !== 'mandate';
}
