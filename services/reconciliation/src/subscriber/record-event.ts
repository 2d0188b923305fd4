import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import type { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import type { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { recordCompleted } from './record-completed.ts';
import { recordFailed } from './record-failed.ts';
import { recordGatewayEvent } from './record-gateway-event.ts';

/** Writes one event into the books. What each does is said at its use case. */
export function recordEvent(
  deps: RecordDependencies,
  event: ReceivedEvent<
    typeof paymentCompleted | typeof paymentFailed | typeof gatewayEventReceived
  >,
  delivery: Pick<Delivery, 'attempt' | 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  switch (event.detailType) {
    case 'PaymentCompleted':
      return recordCompleted(deps, event, delivery);
    case 'PaymentFailed':
      return recordFailed(deps, event, delivery);
    case 'GatewayEventReceived':
      return recordGatewayEvent(deps, event, delivery);
  }
}
